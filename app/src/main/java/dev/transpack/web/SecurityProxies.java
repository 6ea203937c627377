package dev.transpack.web;

import java.net.InetAddress;
import java.util.List;

/// The proxies whose forwarded headers count, as addresses or networks (`10.0.0.1`, `10.0.0.0/8`, `fd00::/8`).
record SecurityProxies(List<Network> networks) {
    SecurityProxies {
        networks = List.copyOf(networks);
    }

    /// @throws IllegalArgumentException when one is neither an address nor a network
    static SecurityProxies of(List<String> written) {
        return new SecurityProxies(written.stream().map(Network::parse).toList());
    }

    boolean trusts(String address) {
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            return networks.stream().anyMatch(network -> network.holds(bytes));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Addresses that begin with the same bits.
    record Network(InetAddress address, int bits) {
        static Network parse(String text) {
            var slash = text.indexOf('/');
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            var most = address.getAddress().length * 8;
            var bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) throw new IllegalArgumentException(text);
            return new Network(address, bits);
        }

        boolean holds(byte[] other) {
            var own = address.getAddress();
            if (own.length != other.length) return false;
            for (int bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> (bit % 8);
                if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
            }
            return true;
        }
    }
}
