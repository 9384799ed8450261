//! The general words that counts of bugs are made of, in lower case, in several languages.

/// What is counted.
const NOUNS: &[&str] = &[
    "bug",
    "bugs",
    "issue",
    "issues",
    "finding",
    "findings",
    "defect",
    "defects",
    "problem",
    "problems",
    "vulnerability",
    "vulnerabilities",
    "vulns",
    "flaw",
    "flaws",
    "weakness",
    "weaknesses",
    "ticket",
    "tickets",
    "问题",
    "問題",
    "缺陷",
    "漏洞",
    "不具合",
    "バグ",
    "脆弱性",
    "문제",
    "버그",
    "결함",
    "취약점",
    "errores",
    "fallos",
    "fallas",
    "problemas",
    "incidencias",
    "hallazgos",
    "defectos",
    "vulnerabilidades",
    "erros",
    "falhas",
    "achados",
    "defeitos",
    "anomalies",
    "problèmes",
    "vulnérabilités",
    "bogues",
    "constats",
    "fehler",
    "befunde",
    "probleme",
    "mängel",
    "schwachstellen",
    "buggar",
    "problemi",
    "difetti",
    "баг",
    "бага",
    "баги",
    "багов",
    "ошибка",
    "ошибки",
    "ошибок",
    "проблем",
    "проблемы",
    "дефектов",
    "дефекты",
    "уязвимостей",
    "уязвимости",
    "hata",
    "hatalar",
    "sorun",
    "sorunlar",
    "bulgu",
    "lỗi",
    "błąd",
    "błędy",
    "błędów",
    "temuan",
    "fynd",
    "buggar",
    "fel",
    "brister",
    "chyb",
    "помилок",
];

/// What a column, row or line of counts is called beside those.
const COUNTS: &[&str] = &[
    "count",
    "counts",
    "number",
    "quantity",
    "qty",
    "amount",
    "items",
    "entries",
    "cases",
    "found",
    "#",
    "№",
    "数量",
    "件数",
    "个数",
    "個数",
    "数",
    "条数",
    "건수",
    "개수",
    "수",
    "항목",
    "항목수",
    "条目",
    "項目",
    "anzahl",
    "menge",
    "antal",
    "nombre",
    "quantité",
    "cantidad",
    "número",
    "numero",
    "quantidade",
    "qtd",
    "conteggio",
    "количество",
    "кол",
    "число",
    "sayı",
    "sayısı",
    "adet",
    "số",
    "lượng",
    "liczba",
    "jumlah",
];

/// What all of them together are called.
pub(in crate::report) const TOTALS: &[&str] = &[
    "total",
    "totals",
    "sum",
    "all",
    "overall",
    "grand",
    "итого",
    "всего",
    "合计",
    "合計",
    "总计",
    "總計",
    "总数",
    "總數",
    "共计",
    "共",
    "計",
    "총계",
    "합계",
    "전체",
    "총",
    "summe",
    "gesamt",
    "insgesamt",
    "totale",
    "totales",
    "totalt",
    "summa",
    "toplam",
    "totaal",
    "tổng",
    "razem",
    "łącznie",
];

/// What is not done yet is called so.
const REST: &[&str] = &[
    "remaining",
    "left",
    "outstanding",
    "осталось",
    "остаток",
    "剩余",
    "剩餘",
    "残り",
    "남음",
    "restante",
    "restantes",
    "restant",
    "restants",
    "verbleibend",
    "kvar",
    "återstående",
    "kalan",
];

/// What a label says that tells how far something has come.
pub(super) const PROGRESS: &[&str] =
    &["progress", "fortschritt", "progreso", "progresso", "avancement", "прогресс", "进度", "進捗", "진행"];

/// What says nothing of its own beside a level or a noun.
const FILLERS: &[&str] = &[
    "severity",
    "severities",
    "priority",
    "priorities",
    "prio",
    "risk",
    "level",
    "rated",
    "of",
    "no",
    "the",
    "unique",
    "identified",
    "documented",
    "reported",
    "discovered",
    "detected",
    "category",
    "приоритет",
    "优先级",
    "級",
    "级",
    "de",
    "des",
    "du",
    "di",
    "dei",
    "der",
    "по",
    "во",
    "phát",
    "hiện",
    "dokumentiert",
    "documenté",
    "documentés",
    "documentados",
];

/// What says that something was found.
const FINDING: &[&str] = &[
    "found",
    "identified",
    "documented",
    "reported",
    "discovered",
    "detected",
    "uncovered",
    "contains",
    "revealed",
    "total",
    "发现",
    "發現",
    "共发现",
    "検出",
    "발견",
    "encontrados",
    "encontramos",
    "trouvés",
    "gefunden",
    "найдено",
    "обнаружено",
    "bulundu",
    "znaleziono",
    "wykryto",
    "trovati",
    "trovate",
    "rilevati",
    "hittade",
    "hittades",
    "ditemukan",
];

/// What a number that follows is only a part of.
const PARTIAL: &[&str] = &[
    "top",
    "first",
    "next",
    "last",
    "another",
    "other",
    "additional",
    "further",
    "extra",
    "more",
    "ещё",
    "еще",
    "weitere",
    "weiteren",
    "más",
    "autres",
    "altri",
    "altre",
    "ulteriori",
    "ytterligare",
    "kolejne",
    "fix",
    "address",
    "resolve",
    "these",
    "those",
    "per",
    "under",
    "over",
    "than",
    "within",
    "maximum",
    "max",
    "allow",
    "allows",
    "if",
    "phase",
    "round",
    "step",
    "section",
    "version",
    "week",
    "day",
    "sprint",
    "part",
    "chapter",
    "tier",
    "figure",
    "table",
    "line",
    "lines",
    "page",
    "milestone",
    "iteration",
    "appendix",
    "priority",
];

/// What says that something is not so, or only if something else is.
const DENYING: &[&str] = &[
    "not",
    "none",
    "never",
    "cannot",
    "if",
    "when",
    "once",
    "unless",
    "must",
    "should",
    "goal",
    "target",
    "nicht",
    "kein",
    "keine",
    "keiner",
    "keines",
    "wenn",
    "sobald",
    "falls",
    "ziel",
    "niet",
    "geen",
    "zodra",
    "doel",
    "inte",
    "ingen",
    "inga",
    "mål",
    "pas",
    "aucun",
    "aucune",
    "si",
    "lorsque",
    "quand",
    "objectif",
    "ningún",
    "ninguno",
    "ninguna",
    "cuando",
    "objetivo",
    "não",
    "nenhum",
    "nenhuma",
    "quando",
    "non",
    "nessuno",
    "nessuna",
    "obiettivo",
    "не",
    "если",
    "когда",
    "цель",
];

/// The signs that stand before what has not come about.
const UNDONE: &[&str] = &["❌", "✗", "✘", "⬜", "☐", "🔲", "⛔"];

/// The characters that count things in Chinese, Japanese and Korean.
const COUNTERS: &[char] = &['个', '個', '条', '條', '件', '项', '項', '处', '處', '건', '개', '点', '點'];

const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// What a column is called that holds nothing but counts, in lower case; a noun alone would name bugs themselves.
const COLUMNS: &[&str] = &["bugs", "issues", "findings"];

/// Whether a column of this name holds counts.
pub(in crate::report) fn is_count_name(text: &[u8]) -> bool {
    let name = String::from_utf8_lossy(text).to_lowercase();
    let is_word = name.chars().any(char::is_alphanumeric);
    COLUMNS.contains(&name.as_str())
        || is_word && (COUNTS.contains(&name.as_str()) || TOTALS.contains(&name.as_str()))
}

/// Whether a text has a word for all of something together.
pub(super) fn is_sum(text: &[u8]) -> bool {
    words(&String::from_utf8_lossy(text)).any(|(_, word)| TOTALS.contains(&word.as_str()))
}

/// What a word is to a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Noun,
    Count,
    Total,
    Rest,
    Filler,
    Other,
}

/// What a word in lower case is to a count; a noun may stand within a run of Chinese or Japanese.
pub(super) fn role(word: &str) -> Role {
    let is = |words: &[&str]| words.contains(&word);
    match () {
        () if is(NOUNS) => Role::Noun,
        () if is(COUNTS) => Role::Count,
        () if is(TOTALS) => Role::Total,
        () if is(REST) => Role::Rest,
        () if is(FILLERS) => Role::Filler,
        () if holds_noun(word) => Role::Noun,
        () if is_counter(word) => Role::Count,
        () => Role::Other,
    }
}

/// Whether a word in lower case is one for bugs, and nothing else stands together with it.
pub(super) fn is_noun(word: &str) -> bool {
    NOUNS.contains(&word)
}

/// Whether a word says that something was found.
pub(super) fn finds(word: &str) -> bool {
    FINDING.contains(&word)
}

/// Whether a number behind this word is only a part of what there is.
pub(super) fn is_partial(word: &str) -> bool {
    PARTIAL.contains(&word)
}

/// Whether a word says that something is not so, or only if something else is.
pub(super) fn denies(word: &str) -> bool {
    DENYING.contains(&word) || word.ends_with("n't")
}

/// Whether a sign stands before what has not come about.
pub(super) fn is_undone(sign: &str) -> bool {
    UNDONE.contains(&sign)
}

/// The number that a word is.
pub(super) fn number(word: &str) -> Option<u64> {
    NUMBERS.iter().position(|known| *known == word).map(|at| at as u64 + 1)
}

/// Whether letters stand together in a text as in a word for a number, which is told much faster than its words are.
pub(super) fn may_hold_number(text: &[u8]) -> bool {
    let mut runs = text.split(|byte| !byte.is_ascii_alphabetic()).filter(|run| (3..=6).contains(&run.len()));
    runs.any(|run| NUMBERS.iter().any(|known| run.eq_ignore_ascii_case(known.as_bytes())))
}

/// The length of the character that counts things which a text begins with.
pub(super) fn counter(text: &[u8]) -> Option<usize> {
    let mut letters = [0; 4];
    COUNTERS.iter().map(|counter| counter.encode_utf8(&mut letters).len()).find(|length| {
        let head = text.get(..*length).and_then(|head| std::str::from_utf8(head).ok());
        head.is_some_and(|head| head.starts_with(COUNTERS))
    })
}

/// Whether a text ends in a number and a character that counts things.
pub(super) fn ends_in_counter(text: &[u8]) -> bool {
    let mut letters = [0; 4];
    let before = |counter: &char| text.strip_suffix(counter.encode_utf8(&mut letters).as_bytes());
    COUNTERS.iter().find_map(before).is_some_and(|before| before.last().is_some_and(u8::is_ascii_digit))
}

/// Whether a word begins with a character that counts things.
fn is_counter(word: &str) -> bool {
    word.starts_with(COUNTERS)
}

fn holds_noun(word: &str) -> bool {
    let is_run = word
        .chars()
        .any(|c| ('\u{3040}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7af}').contains(&c));
    is_run && NOUNS.iter().filter(|noun| !noun.is_ascii()).any(|noun| word.contains(noun))
}

/// The words of a text in lower case, each with where it begins; signs such as `#` are words too.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, String)> {
    let is_sign = |c: char| c == '#' || c == '№';
    let mut rest = text;
    let whole = text;
    std::iter::from_fn(move || {
        rest = &rest[rest.find(|c: char| c.is_alphanumeric() || is_sign(c))?..];
        let at = whole.len() - rest.len();
        let end = match rest.chars().next() {
            Some(sign) if is_sign(sign) => sign.len_utf8(),
            _ => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{300}').unwrap_or(rest.len())
            }
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some((at, word.to_lowercase()))
    })
}
