// Runs before anything is painted: a chosen theme wins over the system's.
try {
    const theme = localStorage.getItem("transpack.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
    // No storage: the system's theme it is.
}
document.documentElement.classList.add("js");
