package dev.transpack.accounts;

/// Who wishes something, for the audit trail: an account's name and the address it comes from.
public record Who(String name, String address) {
    /// Somebody at this machine's command line.
    public static Who local() {
        return new Who(System.getProperty("user.name", ""), Audit.LOCAL);
    }
}
