//! A scope is written in the language of the field that it stands in, is found by any of its words, and comes back to the byte.

use crate::place::Place;

/// Scopes under labels of another language would be in English, for readers who have no word of it.
#[test]
fn a_scope_is_written_in_the_language_of_its_label() {
    let korean = "# 점검\n\n## High\n\n### H-1. 문이 열리지 않음\n\n**위치**: src/gate.rs\n\n**설명**: 문이 밤에 열리지 않는다.\n";
    let chinese = "# 审查\n\n| 编号 | 严重程度 | 标题 | 状态 |\n|---|---|---|---|\n| B-1 | 严重 | 大门打不开 | 未修复 |\n| B-2 | 一般 | 灯不亮 | 未修复 |\n";
    let german = "# Prüfung\n\n### B-1: Das Tor bleibt zu\n\n- **Schweregrad:** Hoch\n- **Geltungsbereich:** Produktion\n\n\
        ### B-2: Die Lampe ist nicht an\n\n- **Schweregrad:** Hoch\n";
    let shared = "# Prüfung\n\nDer Turm ist nicht verputzt, und die Tore sind zu.\n\n### 🔴 Kritisch: Das Tor bleibt zu\n\n**Status:** Offen\n\n### 🟡 Mittel: Die Lampe ist nicht an\n\nSie brennt nicht.\n";
    let english =
        "# Audit\n\n### B-1: The gate stays shut\n\n- **Severity:** High\n- **Scope:** production\n";
    let mixed = "# Prüfung\n\n### B-1: Das Tor bleibt zu\n\n- **Schweregrad:** Hoch\n- **Geltungsbereich:** Configuration\n";
    for (text, bug, written) in [
        (korean, "@1", "**범위**: 테스트"),
        (chinese, "@1", "(范围: 测试)"),
        (german, "@2", "- **Geltungsbereich:** Testinfrastruktur"),
        (shared, "@1", "**Geltungsbereich:** Testinfrastruktur"),
        (english, "@1", "- **Scope:** Test infrastructure"),
        (mixed, "@1", "- **Geltungsbereich:** Test infrastructure"),
    ] {
        let place = Place::with("bugs.md", text);
        let why = ["--rationale", "Only the tests need it", "--override", "It is a trial"];
        let set = [&["set", "bugs.md", bug, "--scope", "test"], &why[..]].concat();
        let said = place.run(&set);
        assert_eq!(said.code, 0, "{said:?}");
        let report = place.read("bugs.md");
        assert!(report.contains(written), "{report}");
        assert!(place.read("bugs.deviations.yaml").contains("to: test}"), "the log has the key");
        let found = place.run(&["list", "bugs.md", "--filter", "scope:test"]).out;
        assert!(found.contains("1 bug: ") || found.contains("1 of 2 bugs: "), "{found}");
        assert!(place.run(&set).err.contains("has all of it already"));
        for _ in 0..2 {
            assert_eq!(place.run(&["undo", "bugs.md"]).code, 0);
            assert_eq!(place.read("bugs.md"), text);
            assert_eq!(place.run(&["redo", "bugs.md"]).code, 0);
            assert_eq!(place.read("bugs.md"), report);
        }
    }
}

/// A report that says in its language what a field is would go on in English behind it.
#[test]
fn the_first_status_of_a_report_is_in_the_language_of_its_labels() {
    let russian = "# Отчёт\n\n### B-1: Ворота не открываются\n\n- **Критичность:** Major\n- **Описание:** не открываются ночью\n";
    let place = Place::with("bugs.md", russian);
    let said = place.run(&["set", "bugs.md", "B-1", "--status", "resolved", "--rationale", "Done last week"]);
    assert!(place.read("bugs.md").contains("- **Статус:** Исправлено"), "{said:?} {}", place.read("bugs.md"));
}
