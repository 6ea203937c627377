/// Who may do what: accounts, API tokens, throttled guessing and the audit trail.
/// Does not know HTTP.
@NullMarked
package dev.transpack.accounts;

import org.jspecify.annotations.NullMarked;
