package dev.transpack.librar;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A password for packs; it prints as `***`.
///
/// @param value 1 to [#LONGEST] characters that can be typed, in any script
public record Password(String value) {
    /// What readers of RAR5 tell apart; those of ZIP take [#LONGEST_FOR_ZIP] (black-box runs of unrar and 7-Zip).
    public static final int LONGEST = 127;

    /// Longer ones are refused by 7-Zip, which alone opens such a ZIP everywhere.
    public static final int LONGEST_FOR_ZIP = 99;

    /// Refuses what no reader could be given, with a sentence for people.
    public Password {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("a password must have 1 to " + LONGEST + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl) || !isText(value)) {
            throw new IllegalArgumentException("a password must not contain control characters");
        }
    }

    private static boolean isText(String value) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(value))
                    .hasRemaining();
        } catch (CharacterCodingException halfACharacter) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
