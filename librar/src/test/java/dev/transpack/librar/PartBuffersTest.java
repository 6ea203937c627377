package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartBuffersTest {
    private static final int SIZE = 12_345;

    @Test
    void theBuffersOfAnEndedStreamServeTheNext() throws Exception {
        var first = new PartBuffers(2, SIZE);
        var free = first.take();
        var held = first.take();
        first.giveBack(free);
        first.close();
        first.giveBack(held);

        var second = new PartBuffers(3, SIZE);
        assertThat(second.take()).isSameAs(free);
        assertThat(second.take()).isSameAs(held);
        assertThat(second.take()).isNotSameAs(free).isNotSameAs(held);
    }

    @Test
    void nobodyGetsABufferOfAClosedStream() throws Exception {
        var buffers = new PartBuffers(1, SIZE + 1);
        buffers.giveBack(buffers.take());
        buffers.close();
        assertThatThrownBy(buffers::take).isInstanceOf(ArchiveException.class);
    }
}
