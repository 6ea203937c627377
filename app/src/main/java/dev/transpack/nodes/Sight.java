package dev.transpack.nodes;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What this process sees of the download folders that nodes know by name, their *roots*. May wait for a disk.
public interface Sight {
    /// Sees nothing.
    Sight NONE = new Sight() {
        @Override
        public Map<String, Boolean> look(Collection<String> wanted) {
            return Map.of();
        }

        @Override
        public boolean sees(String root) {
            return false;
        }

        @Override
        public boolean knows(String root) {
            return false;
        }

        @Override
        public boolean answersFor(String root) {
            return false;
        }
    };

    /// The roots that are set here, and those of the wanted ones that lie on this machine: for each, whether there are
    /// files in it now. One that is not mounted is not seen.
    Map<String, Boolean> look(Collection<String> wanted);

    /// The same for one root; false for one that is not here.
    boolean sees(String root);

    /// Whether a root is one of this machine's, mounted or not.
    boolean knows(String root);

    /// Whether what is missing in a root here is missing everywhere. Of one that other machines mount too nobody can
    /// say that who does not see it: its mount may have dropped here alone.
    boolean answersFor(String root);

    /// The root that a node must see which looks at what is left of a root, or removes it; empty when any may.
    default Optional<String> bound(String root) {
        return Optional.of(root);
    }
}
