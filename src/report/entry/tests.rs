//! Headings, cells and items as people write them.

use super::*;

use std::sync::LazyLock;

static METHODOLOGY: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

/// Id, title, severity and status of a text.
fn read(text: &str) -> [&str; 4] {
    let entry = Entry::read(text.as_bytes(), Span::whole(text.as_bytes()), &METHODOLOGY);
    [entry.id, entry.title, entry.severity, entry.status].map(|span| &text[span.range()])
}

#[test]
fn id_and_title_are_told_apart() {
    for (text, id, title) in [
        ("BUG-001: Missing things (a, b)", "BUG-001", "Missing things (a, b)"),
        ("BUG #12 - It breaks", "BUG #12", "It breaks"),
        ("[H-01] Reentrancy", "H-01", "Reentrancy"),
        ("**QA-7** — Größe", "QA-7", "Größe"),
        ("CVE-2026-1234: overflow", "CVE-2026-1234", "overflow"),
        ("SEC-AUTH-3 Title", "SEC-AUTH-3", "Title"),
        ("Issue 3", "Issue 3", ""),
        ("Issue H-1: It is so", "H-1", "It is so"),
        ("3. **Bold title**", "3", "Bold title"),
        ("2.1 Dotted", "2.1", "Dotted"),
        ("#7 Crash", "#7", "Crash"),
        ("C1 `code` leads", "C1", "`code` leads"),
        ("БАГ-007: Падает", "БАГ-007", "Падает"),
        ("[[M-02] Linked `x`](https://example.org/2)", "M-02", "Linked `x`"),
        ("[Only a link](https://example.org/3)", "", "Only a link"),
        ("\\[L-4\\] Escaped", "L-4", "Escaped"),
        ("**BUG-9: All bold**", "BUG-9", "All bold"),
        ("`lead` is code", "", "`lead` is code"),
        ("2) **Bold** and more", "2", "**Bold** and more"),
        ("3.3 GAP-03: Without a check", "GAP-03", "Without a check"),
        ("Defect 1 (BUG-01): Wrong sign", "BUG-01", "Wrong sign"),
        ("4. SP2：收紧", "SP2", "收紧"),
        ("1. S3 bucket is open", "1", "S3 bucket is open"),
        ("問題1: 起動しない", "1", "起動しない"),
        ("[H‑02] Never broken", "H‑02", "Never broken"),
        ("[G&#x2011;03]  Written out", "G&#x2011;03", "Written out"),
        ("2.1. A03:2021 – Injection", "2.1", "A03:2021 – Injection"),
        ("2.2 CWE-79: Script in a name", "2.2", "CWE-79: Script in a name"),
        ("CWE-79: Script in a name", "CWE-79", "Script in a name"),
        ("TC-1.2: It breaks", "TC-1.2", "It breaks"),
    ] {
        assert_eq!(read(text), [id, title, "", ""], "{text}");
    }
}

#[test]
fn words_are_no_id() {
    for text in [
        "Test #5: Stays",
        "Next steps",
        "Test-driven work",
        "2026-01-01",
        "",
        "Phase-6a b",
        "GLM-5.3-Flash stalls",
        "12 monkeys",
        "HTTP/2 stalls",
    ] {
        assert_eq!(read(text), ["", text, "", ""], "{text}");
    }
}

#[test]
fn levels_and_statuses_are_taken_off_both_ends() {
    for (text, id, title, severity, status) in [
        ("[P1] Login loops", "", "Login loops", "P1", ""),
        ("🔴 Critical: Login loops", "", "Login loops", "🔴 Critical", ""),
        ("1. **Race in the queue** - CRITICAL", "1", "Race in the queue", "CRITICAL", ""),
        ("2.4 Stale cache — LOW (by design)", "2.4", "Stale cache", "LOW", ""),
        ("BUG-3: Slow start (High)", "BUG-3", "Slow start", "High", ""),
        ("BUG-4 (High): Slow start", "BUG-4", "Slow start", "High", ""),
        ("A-1【high】速い", "A-1", "速い", "high", ""),
        ("问题 #4 — 标题 🟠 Major（备注）", "#4", "标题", "🟠 Major", ""),
        ("BUG #1: ✅ FIXED - Wrong sum", "BUG #1", "Wrong sum", "", "✅ FIXED"),
        ("3. Fuite (CRITICAL) - CORRIGÉ", "3", "Fuite", "CRITICAL", "CORRIGÉ"),
        ("**BUG-5: Token store** 🟡 **PARTIALLY FIXED**", "BUG-5", "Token store", "", "🟡 **PARTIALLY FIXED"),
        ("1. ❌ HOHER FEHLER: Umgehung", "1", "Umgehung", "HOHER", ""),
        ("P0 - Data is lost", "", "Data is lost", "P0", ""),
        ("🟡 BUG-6: Odd", "BUG-6", "Odd", "🟡", ""),
        ("✅ BUG-7: Load is HIGH! (Round 2)", "BUG-7", "Load is HIGH! (Round 2)", "", "✅"),
        ("🔴 BUG-8: Placeholder (CRITICAL)", "BUG-8", "Placeholder", "CRITICAL", ""),
        ("CRIT-001: Title", "CRIT-001", "Title", "", ""),
        ("2. Workers wait - SEVERITY: HIGH", "2", "Workers wait", "HIGH", ""),
        ("Workers wait | Priority: 🔴 P0", "", "Workers wait", "🔴 P0", ""),
        ("Note on waiting: low", "", "Note on waiting", "low", ""),
        ("SEC-1: Path leads out [HIGH - FIXED]", "SEC-1", "Path leads out", "HIGH", "FIXED"),
        ("SEC-2: Path leads out (Fixed, High)", "SEC-2", "Path leads out", "High", "Fixed"),
        ("SEC-3: Path leads out [LOW - OBSERVATION]", "SEC-3", "Path leads out", "LOW", ""),
        ("[MEDIUM | OPEN] Path leads out", "", "Path leads out", "MEDIUM", "OPEN"),
        ("BOX-0001 — CLOSED", "BOX-0001", "", "", "CLOSED"),
        ("BOX-0002: ✅ Fixed", "BOX-0002", "", "", "✅ Fixed"),
        ("B1 — Lamp flickers ✅ SQUASHED", "B1", "Lamp flickers", "", "✅ SQUASHED"),
        ("B2: Lamp flickers ✅ Session 41", "B2", "Lamp flickers", "", "✅ Session 41"),
        ("B3: Lamp flickers 🟠 Phase 3", "B3", "Lamp flickers", "🟠", ""),
        ("B4. Lamp flickers (HIGH) — at the quay", "B4", "Lamp flickers", "HIGH", ""),
        ("[lamp][P1] Lamp flickers", "", "Lamp flickers", "P1", ""),
        ("[Severity: high] Lamp flickers", "", "Lamp flickers", "high", ""),
        ("[Priority: low] — Lamp flickers", "", "Lamp flickers", "low", ""),
        ("[lamp][FIXED][High][build-7] Lamp flickers", "", "Lamp flickers", "High", "FIXED"),
        ("[P1][LAMP-4] Lamp flickers", "LAMP-4", "Lamp flickers", "P1", ""),
        ("**B5 — Lamp flickers** *(Seen — ✅ Fixed)*", "B5", "Lamp flickers", "", "✅ Fixed"),
        ("B6 — Lamp flickers ✅ Fixed (on Linux)", "B6", "Lamp flickers", "", "✅ Fixed (on Linux)"),
        ("B7 — Lamp flickers (on Linux ✅)", "B7", "Lamp flickers (on Linux ✅)", "", ""),
    ] {
        assert_eq!(read(text), [id, title, severity, status], "{text}");
    }
}

#[test]
fn a_level_inside_a_title_is_a_word_of_it() {
    for text in [
        "High memory use in parser",
        "Race in critical section",
        "Minor version is ignored",
        "The low - level API",
        "Steps differ (minor, major and patch)",
        "Login fails (critical, but rare)",
        "A03:2021 – Injection",
        "The 🟠 lamp of 3 flickers",
        "[lamp][wick] Lamp flickers",
    ] {
        assert_eq!(read(text), ["", text, "", ""], "{text}");
    }
}

#[test]
fn an_emoji_before_a_status_is_of_that() {
    for (text, title, status) in [
        ("🔴 Open", "Open", "🔴 Open"),
        ("🟡 In progress (2)", "In progress (2)", "🟡 In progress"),
        ("🟢 Fixed bugs", "Fixed bugs", "🟢 Fixed"),
    ] {
        assert_eq!(read(text), ["", title, "", status], "{text}");
    }
    assert_eq!(read("🔴 Opening fails")[2], "🔴");
}
