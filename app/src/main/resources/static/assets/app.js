// Everything here makes a page that works without it quicker to use.
"use strict";

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

// Theme ---------------------------------------------------------------------------------------------------------------

function toggleTheme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
        localStorage.setItem("transpack.theme", root.dataset.theme);
    } catch {
        // Kept for this page only.
    }
}

// Copying -------------------------------------------------------------------------------------------------------------

async function copy(button) {
    const from = document.getElementById(button.dataset.copy);
    const text = from.value ?? from.textContent;
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        from.select?.(); // Without HTTPS there is no clipboard: the old way.
        document.execCommand("copy");
    }
    const label = button.querySelector("[data-label]");
    const before = label?.textContent;
    button.classList.add("copied");
    if (label) label.textContent = button.dataset.done;
    setTimeout(() => {
        button.classList.remove("copied");
        if (label) label.textContent = before;
    }, 1600);
}

// A dangerous button asks once more, in place. ------------------------------------------------------------------------

function askTwice(button, event) {
    if (button.classList.contains("sure")) return;
    event.preventDefault();
    const label = button.querySelector("[data-label]") ?? button;
    const before = label.textContent;
    label.textContent = button.dataset.sure;
    button.classList.add("sure");
    setTimeout(() => {
        button.classList.remove("sure");
        label.textContent = before;
    }, 4000);
}

// Dialogs: the part of another page that is marked for it. ------------------------------------------------------------

async function openPart(name, address) {
    const dialog = document.getElementById(name);
    dialog.replaceChildren();
    await htmx.ajax("GET", address, { source: dialog, target: dialog, select: "[data-part]", swap: "innerHTML" });
    if (!dialog.querySelector("[data-part]")) {
        location.href = address;
        return;
    }
    dialog.ariaLabel = dialog.querySelector("h1")?.textContent ?? null;
    each("dialog[open]", other => { if (other !== dialog) other.close(); });
    if (!dialog.open) dialog.showModal();
}

// Choosing files ------------------------------------------------------------------------------------------------------

function choose(box) {
    each("input[name=only]", inner => {
        if (inner === box) return;
        inner.checked = box.checked;
        inner.disabled = box.checked;
    }, box.closest("li"));
    sumUp(box.form ?? box.closest("[data-tree]"));
}

function inherit(list) {
    const above = list.parentElement?.closest("li")?.querySelector("input[name=only]");
    if (above?.checked) each("input[name=only]", box => { box.checked = box.disabled = true; }, list);
}

function sumUp(root) {
    const out = root?.querySelector("[data-sum]");
    if (!out) return;
    let bytes = 0, unknown = false, any = false;
    each("input[name=only]:checked:not(:disabled)", box => {
        any = true;
        if (Number(box.dataset.bytes) < 0) unknown = true;
        else bytes += Number(box.dataset.bytes);
    }, root);
    out.textContent = any ? (unknown ? "≥ " : "") + show.size(bytes) : out.dataset.all;
}

// Events of the page --------------------------------------------------------------------------------------------------

document.addEventListener("click", event => {
    const to = selector => event.target.closest?.(selector);
    const open = to("a[data-open]");
    if (open && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) {
        event.preventDefault();
        openPart(open.dataset.open, open.href);
        return;
    }
    const sure = to("button[data-sure]");
    if (sure) askTwice(sure, event);
    const copied = to("button[data-copy]");
    if (copied) copy(copied);
    if (to("[data-theme-toggle]")) toggleTheme();
    const close = to("[data-close]");
    if (close?.closest("dialog")) {
        event.preventDefault();
        close.closest("dialog").close();
    }
    if (event.target instanceof HTMLDialogElement) event.target.close();
});

document.addEventListener("submit", event => {
    const form = event.target;
    if (!form.dataset.open) return;
    event.preventDefault();
    openPart(form.dataset.open, form.action + "?" + new URLSearchParams(new FormData(form)));
});

document.addEventListener("change", event => {
    if (event.target.matches("input[name=only]")) choose(event.target);
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

document.addEventListener("keydown", event => {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const search = document.querySelector("[data-search]");
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
    }
    if (event.key === "Escape" && event.target.matches?.("[data-search]")) event.target.blur();
});

document.addEventListener("htmx:afterSettle", event => {
    if (event.target.matches?.("[data-tree] ul")) inherit(event.target);
    live.look();
});

// Numbers and times, in the same forms as the program writes them (Figures) ------------------------------------------------------

const show = (() => {
    const texts = JSON.parse(document.body.dataset.texts || "{}");
    const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    const say = (key, ...values) => (texts[key] ?? key).replace(/\{(\d)\}/g, (_, n) => values[n]);
    const floor = Math.floor;
    const count = number => number.toLocaleString("en");
    const share = (done, total) => total <= 0 ? 0 : done >= total ? 1000 : floor(1000 * Math.max(0, done) / total);

    function size(bytes) {
        if (bytes < 0) return "?";
        let unit = 0, value = bytes;
        for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1024;
        return value.toFixed(unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2) + " " + units[unit];
    }

    function duration(s) {
        const rest = (number, unit) => number === 0 ? "" : ` ${number} ${unit}`;
        if (s < 60) return floor(s) + " s";
        if (s < 3600) return floor(s / 60) + " min" + rest(floor(s % 60), "s");
        if (s < 86400) return floor(s / 3600) + " h" + rest(floor(s % 3600 / 60), "min");
        return floor(s / 86400) + " d" + rest(floor(s % 86400 / 3600), "h");
    }

    function about(s) {
        return s < 60 ? floor(s) + " s" : s < 3600 ? floor(s / 60) + " min" : s < 172800 ? floor(s / 3600) + " h" : floor(s / 86400) + " d";
    }

    function when(iso) {
        const away = (Date.now() - Date.parse(iso)) / 1000;
        let s = Math.abs(away);
        if (s >= 31 * 86400) return iso.slice(0, 10);
        if (s < 5) return say("time.now");
        if (away < 0 && s >= 3600) s += s < 172800 ? 1800 : 43200;
        return say(away < 0 ? "time.in" : "time.ago", about(s));
    }

    return {
        size, when, duration,
        percent: (done, total) => total <= 0 ? "" : (share(done, total) / 10).toFixed(1) + " %",
        percentValue: (done, total) => (share(done, total) / 10).toFixed(1),
        rate: bytes => bytes > 0 ? size(bytes) + "/s" : "",
        parts: (done, total) => total ? say("pack.parts", count(done), count(total)) : "",
        sending: volume => say("volume.SENDING", (share(volume.doneBytes, volume.totalBytes) / 10).toFixed(1) + " %"),
        left: seconds => seconds == null ? "" : say("progress.left", duration(seconds)),
    };
})();

// What happens, as it happens -----------------------------------------------------------------------------------------

const live = (() => {
    const address = document.body.dataset.events;
    const pill = document.getElementById("offline");
    const latest = new Map();
    let source = null, polling = null, failures = 0, first = true, patience = null;
    let generation = 0;
    const refreshing = new Set(), again = new Set(), asked = new Map();

    function write(root, item) {
        const facts = {
            percent: () => show.percent(item.doneBytes, item.totalBytes),
            done: () => show.size(item.doneBytes),
            total: () => show.size(item.totalBytes),
            rate: () => show.rate(item.bytesPerSecond),
            parts: () => show.parts(item.partsDone, item.partsTotal),
            left: () => show.left(item.etaSeconds),
        };
        each("[data-fact]", el => {
            if (el.closest("[data-live]") !== root) return; // of something else within
            if (el.localName === "progress") {
                const value = show.percentValue(item.doneBytes, item.totalBytes);
                el.value = value;
                el.setAttribute("aria-valuenow", value);
            } else if (facts[el.dataset.fact]) {
                const text = facts[el.dataset.fact]();
                if (el.textContent !== text) el.textContent = text;
                el.hidden = text === "";
            }
        }, root);
        for (const volume of item.sending ?? [])
            each(`[data-volume="${volume.n}"] .badge`, el => { el.textContent = show.sending(volume); }, root);
    }

    // More than numbers changed: that part of the page is fetched anew and put in its place.
    async function refresh(part) {
        if (!part?.id) return;
        if (refreshing.has(part.id)) {
            again.add(part.id); // what is under way may have been read too early
            return;
        }
        if (part.matches(":has(input:focus, select:focus, textarea:focus, .sure)")) {
            setTimeout(() => refresh(document.getElementById(part.id)), 1500);
            return;
        }
        refreshing.add(part.id);
        try {
            await htmx.ajax("GET", part.dataset.refresh || location.href, {
                source: part, target: "#" + CSS.escape(part.id), select: "#" + CSS.escape(part.id), swap: "outerHTML",
            });
        } finally {
            refreshing.delete(part.id);
        }
        if (again.delete(part.id)) refresh(document.getElementById(part.id));
    }

    function apply(item, key) {
        each(`[data-live="${CSS.escape(key)}"]`, el => {
            write(el, item);
            if (el.dataset.revision !== undefined && el.dataset.revision !== item.revision) agree(el.closest("[data-refresh]"), key, item);
        });
    }

    // Once for each change: a page that still says something else then would not say it the next time either.
    function agree(part, key, item) {
        const what = part?.id + " " + key;
        if (asked.get(what) === item.turn) return;
        asked.set(what, item.turn);
        refresh(part);
    }

    function take(event, item) {
        const key = event + ":" + item.id;
        const before = latest.get(key);
        const isNew = !before;
        item.turn = isNew ? 1 : before.turn + (before.revision === item.revision ? 0 : 1);
        latest.set(key, item);
        apply(item, key);
        return isNew;
    }

    function refreshLists(event) {
        each(`[data-refresh][data-all~="${event}"]`, refresh);
    }

    function all(snapshot) {
        clearTimeout(patience);
        failures = 0;
        pill.hidden = true;
        for (const [list, items] of Object.entries(snapshot)) {
            const event = list.replace(/s$/, "");
            const news = items.filter(item => take(event, item));
            if (news.some(item => !first || missed(event, item))) refreshLists(event);
        }
        first = false;
    }

    // Made after the page was written and before it listened.
    function missed(event, item) {
        return item.state === "QUEUED" && !document.querySelector(`[data-live="${CSS.escape(event + ":" + item.id)}"]`);
    }

    function listen() {
        close();
        failures = 0;
        source = new EventSource(address);
        // A proxy that keeps events back opens the stream and lets nothing through: then asking it is.
        patience = setTimeout(() => { close(); ask(); }, 8000);
        source.addEventListener("snapshot", event => all(JSON.parse(event.data)));
        for (const kind of ["pack", "job", "download"])
            source.addEventListener(kind, event => {
                clearTimeout(patience);
                if (take(kind, JSON.parse(event.data))) refreshLists(kind);
            });
        source.addEventListener("gone", event => latest.delete(JSON.parse(event.data).type + ":" + JSON.parse(event.data).id));
        source.onopen = () => { pill.hidden = true; };
        source.onerror = () => {
            if (++failures > 1) pill.hidden = false;
            if (source?.readyState !== EventSource.CLOSED && failures < 4) return; // it connects again by itself
            close();
            ask();
        };
    }

    async function ask() {
        const mine = generation;
        try {
            const answer = await fetch(address, { headers: { Accept: "application/json" } });
            if (!answer.ok || answer.redirected) throw new Error(answer.status);
            const snapshot = await answer.json();
            if (mine !== generation) return;
            all(snapshot);
            polling = setTimeout(ask, 3000);
        } catch {
            if (mine !== generation) return;
            pill.hidden = false;
            polling = setTimeout(listen, 5000);
        }
    }

    function close() {
        generation++;
        clearTimeout(patience);
        clearTimeout(polling);
        source?.close();
        source = null;
    }

    function look() {
        for (const [key, item] of latest) apply(item, key);
    }

    if (address) {
        document.addEventListener("visibilitychange", () => {
            if (document.hidden) close();
            else listen();
        });
        addEventListener("pagehide", close);
        addEventListener("pageshow", event => { if (event.persisted) listen(); });
        if (!document.hidden) listen();
        // What changes without an event, such as a node that is no longer heard of.
        setInterval(() => { if (!document.hidden && pill.hidden) each("[data-again]", part => refresh(part)); }, 15000);
        setInterval(() => each("time[data-ago]", el => { el.textContent = show.when(el.dateTime); }), 20000);
    }
    return { look };
})();
