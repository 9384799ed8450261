//! What the languages are that reports are written in: their words for levels, which go together, for statuses and for
//! what fields are called, and the words by which a text of each is known.

use crate::methodology::FieldKind;

/// The words for four levels, from the most to the least severe, in lower case.
pub(super) type Scale = [&'static str; 4];

/// What joins words for levels and statuses to what they are about.
#[derive(Debug)]
pub struct Joints {
    /// Stands between a status and the bug that is repeated; empty where nothing does.
    pub of: &'static str,
    /// Stand before the day until which something is put off, and behind it with the blank that sets it off, if one does.
    pub until: [&'static str; 2],
    /// Begin the note of what a level was before, by whether it went down or up.
    pub before: [&'static str; 2],
}

/// What is known of a language.
#[derive(Debug)]
pub(super) struct Language {
    /// The words for levels that go together, the usual ones first. A word stands in several where they share it.
    pub(super) scales: &'static [Scale],
    /// Names of fields that say nothing but a severity, in lower case.
    pub(super) severity: &'static [&'static str],
    /// What the fields for severity, scope and status are called.
    pub(super) labels: [&'static str; 3],
    /// And those for a fix, one that was made beside one that is recommended, its commit, its verification and its test.
    pub(super) fixes: [&'static str; 5],
    /// What joins its words to what they are about.
    pub(super) joints: Joints,
    /// The words for statuses, by their keys.
    pub(super) statuses: &'static [(&'static str, &'static str)],
    /// And those for scopes, as far as the methodology knows them.
    pub(super) scopes: &'static [(&'static str, &'static str)],
    /// Further words that its texts have and those of others mostly have not, a blank between them.
    pub(super) common: &'static str,
}

impl Language {
    /// What a field of this kind is called.
    pub(super) fn label(&self, kind: FieldKind) -> Option<&'static str> {
        let [severity, scope, status] = self.labels;
        let [fix, _, commit, verification, test] = self.fixes;
        match kind {
            FieldKind::Severity => Some(severity),
            FieldKind::Scope => Some(scope),
            FieldKind::Status => Some(status),
            FieldKind::Fix => Some(fix),
            FieldKind::Commit => Some(commit),
            FieldKind::Verification => Some(verification),
            FieldKind::RegressionTest => Some(test),
            _ => None,
        }
    }

    /// What the field for a fix that was made is called beside one that is recommended.
    pub(super) fn done(&self) -> &'static str {
        self.fixes[1]
    }
}

/// Words that go with those for a grade, as in `Medium Priority`, and are names of levels where nobody changes them.
pub(super) const GRADES: [&str; 4] = ["critical", "high", "medium", "low"];

/// Where English stands among the languages.
pub(super) const ENGLISH: usize = 0;

/// And those that are told by their letters.
pub(super) const SIMPLIFIED: usize = 1;
pub(super) const TRADITIONAL: usize = 2;
pub(super) const KOREAN: usize = 3;
pub(super) const JAPANESE: usize = 4;

/// All languages. Of several that fit as well the first is taken.
pub(super) const LANGUAGES: [Language; 18] = [
    Language {
        scales: &[["blocker", "major", "minor", "trivial"], ["critical", "serious", "moderate", "minor"]],
        severity: &[],
        labels: ["severity", "scope", "status"],
        fixes: ["Fix", "Fix applied", "Commit", "Verification", "Regression test"],
        joints: Joints { of: "of", until: ["until", ""], before: ["(downgraded from ", "(upgraded from "] },
        statuses: &[],
        scopes: &[],
        common: "the is of and to are with that for not when this from priority critical high medium \
                 low moderate open fixed closed resolved done new in pending deferred duplicate \
                 acknowledged description location file files impact fix issue steps cause title",
    },
    Language {
        scales: &[
            ["严重", "高", "中", "低"],
            ["致命", "严重", "一般", "轻微"],
            ["紧急", "高危", "中危", "低危"],
            ["严重", "高级", "中级", "低级"],
            ["最高", "高优先级", "中优先级", "低优先级"],
            ["致命", "主要", "次要", "轻微"],
            ["关键", "重要", "普通", "可选"],
        ],
        severity: &["严重程度", "严重性", "严重级别"],
        labels: ["严重程度", "范围", "状态"],
        fixes: ["修复", "已实施修复", "提交", "验证", "回归测试"],
        joints: Joints { of: "于", until: ["至", ""], before: ["(下调自 ", "(上调自 "] },
        statuses: &[
            ("open", "未修复"),
            ("in-progress", "修复中"),
            ("documented", "已记录"),
            ("resolved", "已修复"),
            ("deferred", "推迟"),
            ("duplicate", "重复"),
            ("wont-fix", "不予修复"),
            ("not-a-bug", "非问题"),
            ("needs-info", "待确认"),
        ],
        scopes: &[
            ("production", "生产环境"),
            ("test", "测试"),
            ("configuration", "配置"),
            ("documentation", "文档"),
            ("dependency", "依赖"),
            ("build", "构建"),
        ],
        common: "严重性 优先级 描述 影响 修复",
    },
    Language {
        scales: &[
            ["嚴重", "高", "中", "低"],
            ["致命", "嚴重", "一般", "輕微"],
            ["嚴重", "高級", "中級", "低級"],
            ["緊急", "高優先級", "中優先級", "低優先級"],
        ],
        severity: &["嚴重程度", "嚴重性", "嚴重度"],
        labels: ["嚴重程度", "範圍", "狀態"],
        fixes: ["修復", "已實施修復", "提交", "驗證", "迴歸測試"],
        joints: Joints { of: "於", until: ["至", ""], before: ["(下調自 ", "(上調自 "] },
        statuses: &[
            ("open", "未修復"),
            ("in-progress", "處理中"),
            ("documented", "已記錄"),
            ("resolved", "已修復"),
            ("deferred", "延期"),
            ("duplicate", "重複"),
            ("wont-fix", "不予修復"),
            ("not-a-bug", "非問題"),
            ("needs-info", "待確認"),
        ],
        scopes: &[
            ("test", "測試"),
            ("configuration", "設定"),
            ("documentation", "文檔"),
            ("dependency", "依賴"),
        ],
        common: "嚴重性 優先級 描述 影響 修復",
    },
    Language {
        scales: &[
            ["심각", "높음", "중간", "낮음"],
            ["치명적", "높음", "보통", "낮음"],
            ["긴급", "상", "중", "하"],
        ],
        severity: &["심각도"],
        labels: ["심각도", "범위", "상태"],
        fixes: ["수정", "적용된 수정", "커밋", "검증", "회귀 테스트"],
        joints: Joints { of: "", until: ["", "까지"], before: ["(하향 조정: ", "(상향 조정: "] },
        statuses: &[
            ("open", "미해결"),
            ("in-progress", "진행 중"),
            ("documented", "문서화됨"),
            ("resolved", "해결됨"),
            ("deferred", "보류"),
            ("duplicate", "중복"),
            ("wont-fix", "수정 안 함"),
            ("not-a-bug", "버그 아님"),
            ("needs-info", "확인 필요"),
        ],
        scopes: &[
            ("production", "운영"),
            ("test", "테스트"),
            ("configuration", "설정"),
            ("documentation", "문서"),
            ("dependency", "의존성"),
            ("build", "빌드"),
        ],
        common: "우선순위",
    },
    Language {
        scales: &[
            ["致命的", "高", "中", "低"],
            ["致命的", "高い", "中程度", "低い"],
            ["致命的", "重大", "中度", "軽微"],
            ["致命的", "重度", "中度", "軽度"],
            ["致命的", "重大", "中", "低"],
            ["クリティカル", "ハイ", "ミディアム", "ロー"],
        ],
        severity: &["深刻度", "重大度"],
        labels: ["重要度", "影響範囲", "ステータス"],
        fixes: ["修正", "実施した修正", "コミット", "検証", "リグレッションテスト"],
        joints: Joints {
            of: "", until: ["", "まで"], before: ["(引き下げ前: ", "(引き上げ前: "]
        },
        statuses: &[
            ("open", "未対応"),
            ("in-progress", "対応中"),
            ("documented", "記録済み"),
            ("resolved", "修正済み"),
            ("deferred", "保留"),
            ("duplicate", "重複"),
            ("wont-fix", "対応しない"),
            ("not-a-bug", "仕様"),
            ("needs-info", "要確認"),
        ],
        scopes: &[
            ("production", "本番環境"),
            ("test", "テスト"),
            ("configuration", "設定"),
            ("documentation", "ドキュメント"),
            ("dependency", "依存関係"),
            ("build", "ビルド"),
        ],
        common: "優先度 深刻度 重大度 対応状況 未修正 修正済 不具合 説明 対策",
    },
    Language {
        scales: &[
            ["crítico", "alto", "medio", "bajo"],
            ["crítica", "alta", "media", "baja"],
            ["críticos", "altos", "medios", "bajos"],
            ["críticas", "altas", "medias", "bajas"],
            ["bloqueante", "mayor", "menor", "leve"],
            ["crítico", "grave", "moderado", "leve"],
            ["critico", "alto", "medio", "bajo"],
            ["critica", "alta", "media", "baja"],
        ],
        severity: &["gravedad", "severidad", "criticidad"],
        labels: ["Gravedad", "Alcance", "Estado"],
        fixes: ["Corrección", "Corrección aplicada", "Commit", "Verificación", "Prueba de regresión"],
        joints: Joints { of: "de", until: ["hasta", ""], before: ["(rebajado desde ", "(elevado desde "] },
        statuses: &[
            ("open", "abierto"),
            ("in-progress", "en curso"),
            ("documented", "documentado"),
            ("resolved", "resuelto"),
            ("deferred", "aplazado"),
            ("duplicate", "duplicado"),
            ("wont-fix", "no se corregirá"),
            ("not-a-bug", "falso positivo"),
            ("needs-info", "falta información"),
        ],
        scopes: &[
            ("production", "producción"),
            ("test", "pruebas"),
            ("configuration", "configuración"),
            ("documentation", "documentación"),
            ("dependency", "dependencia"),
        ],
        common: "el los las del y en por con una que no se es para cuando pero sin severidad prioridad \
                 criticidad abierta cerrado corregido corregida descripción ubicación impacto solución \
                 errores hallazgos",
    },
    Language {
        scales: &[
            ["crítico", "alto", "médio", "baixo"],
            ["crítica", "alta", "média", "baixa"],
            ["críticos", "altos", "médios", "baixos"],
            ["críticas", "altas", "médias", "baixas"],
            ["crítico", "grave", "moderado", "leve"],
            ["critico", "alto", "medio", "baixo"],
            ["critica", "alta", "media", "baixa"],
        ],
        severity: &["severidade", "gravidade", "criticidade"],
        labels: ["Severidade", "Escopo", "Status"],
        fixes: ["Correção", "Correção aplicada", "Commit", "Verificação", "Teste de regressão"],
        joints: Joints { of: "de", until: ["até", ""], before: ["(rebaixado de ", "(elevado de "] },
        statuses: &[
            ("open", "aberto"),
            ("in-progress", "em andamento"),
            ("documented", "documentado"),
            ("resolved", "resolvido"),
            ("deferred", "adiado"),
            ("duplicate", "duplicado"),
            ("wont-fix", "não será corrigido"),
            ("not-a-bug", "falso positivo"),
            ("needs-info", "precisa de informação"),
        ],
        scopes: &[
            ("production", "produção"),
            ("test", "testes"),
            ("configuration", "configuração"),
            ("documentation", "documentação"),
            ("dependency", "dependência"),
        ],
        common: "os do da dos das em não nao um uma para com ao quando mas que é no na sem por \
                 gravidade prioridade criticidade aberta fechado corrigido corrigida descrição impacto \
                 solução correção recomendação erros falhas",
    },
    Language {
        scales: &[
            ["critico", "alto", "medio", "basso"],
            ["critica", "alta", "media", "bassa"],
            ["critici", "alti", "medi", "bassi"],
            ["critiche", "alte", "medie", "basse"],
            ["bloccante", "maggiore", "minore", "banale"],
            ["critico", "elevato", "moderato", "lieve"],
            ["critica", "elevata", "moderata", "lieve"],
        ],
        severity: &["gravità", "severità", "criticità"],
        labels: ["Gravità", "Ambito", "Stato"],
        fixes: ["Correzione", "Correzione applicata", "Commit", "Verifica", "Test di regressione"],
        joints: Joints { of: "di", until: ["fino al", ""], before: ["(declassato da ", "(innalzato da "] },
        statuses: &[
            ("open", "aperto"),
            ("in-progress", "in corso"),
            ("documented", "documentato"),
            ("resolved", "risolto"),
            ("deferred", "rinviato"),
            ("duplicate", "duplicato"),
            ("wont-fix", "non verrà corretto"),
            ("not-a-bug", "falso positivo"),
            ("needs-info", "servono informazioni"),
        ],
        scopes: &[],
        common: "il lo gli di della del che per non con una è sono nel alla viene quando si severità \
                 priorità criticità aperta risolta chiuso descrizione impatto soluzione errore errori \
                 difetti problemi",
    },
    Language {
        scales: &[
            ["critique", "élevé", "moyen", "faible"],
            ["critique", "élevée", "moyenne", "faible"],
            ["critique", "haute", "moyenne", "basse"],
            ["critiques", "élevés", "moyens", "faibles"],
            ["critiques", "élevées", "moyennes", "faibles"],
            ["bloquant", "majeur", "mineur", "trivial"],
            ["bloquante", "majeure", "mineure", "triviale"],
            ["critique", "eleve", "moyen", "faible"],
            ["critique", "elevee", "moyenne", "faible"],
        ],
        severity: &["gravité", "sévérité", "criticité"],
        labels: ["Gravité", "Portée", "Statut"],
        fixes: ["Correction", "Correction appliquée", "Commit", "Vérification", "Test de non-régression"],
        joints: Joints {
            of: "de",
            until: ["jusqu'au", ""],
            before: ["(rétrogradé depuis ", "(relevé depuis "],
        },
        statuses: &[
            ("open", "ouvert"),
            ("in-progress", "en cours"),
            ("documented", "documenté"),
            ("resolved", "résolu"),
            ("deferred", "reporté"),
            ("duplicate", "doublon"),
            ("wont-fix", "ne sera pas corrigé"),
            ("not-a-bug", "faux positif"),
            ("needs-info", "à préciser"),
        ],
        scopes: &[
            ("production", "production"),
            ("test", "tests"),
            ("configuration", "configuration"),
            ("documentation", "documentation"),
            ("dependency", "dépendance"),
        ],
        common: "le les des du et est une dans pour que qui pas sur avec au sont sévérité priorité \
                 criticité ouverte corrigé corrigée fermé description solution anomalie anomalies \
                 problème problèmes",
    },
    Language {
        scales: &[
            ["kritisch", "hoch", "mittel", "niedrig"],
            ["kritische", "hohe", "mittlere", "niedrige"],
            ["kritischer", "hoher", "mittlerer", "niedriger"],
            ["kritisches", "hohes", "mittleres", "niedriges"],
            ["kritisch", "hoch", "mittel", "gering"],
            ["kritisch", "schwer", "mittelschwer", "leicht"],
        ],
        severity: &["schweregrad"],
        labels: ["Schweregrad", "Geltungsbereich", "Status"],
        fixes: ["Behebung", "Umgesetzte Behebung", "Commit", "Überprüfung", "Regressionstest"],
        joints: Joints { of: "von", until: ["bis", ""], before: ["(herabgestuft von ", "(hochgestuft von "] },
        statuses: &[
            ("open", "offen"),
            ("in-progress", "in Bearbeitung"),
            ("documented", "dokumentiert"),
            ("resolved", "behoben"),
            ("deferred", "zurückgestellt"),
            ("duplicate", "Duplikat"),
            ("wont-fix", "wird nicht behoben"),
            ("not-a-bug", "kein Fehler"),
            ("needs-info", "Rückfrage"),
        ],
        scopes: &[
            ("production", "Produktion"),
            ("test", "Testinfrastruktur"),
            ("configuration", "Konfiguration"),
            ("documentation", "Dokumentation"),
            ("dependency", "Abhängigkeit"),
        ],
        common: "der die das und ist nicht ein eine mit von auf wird zu bei im den priorität schwere \
                 kritikalität erledigt beschreibung ursache lösung auswirkung fehler befund befunde \
                 mängel",
    },
    Language {
        scales: &[
            ["kritiek", "hoog", "gemiddeld", "laag"],
            ["kritieke", "hoge", "gemiddelde", "lage"],
            ["kritisch", "hoog", "gemiddeld", "laag"],
        ],
        severity: &[],
        labels: ["Ernst", "Bereik", "Status"],
        fixes: ["Oplossing", "Toegepaste oplossing", "Commit", "Verificatie", "Regressietest"],
        joints: Joints { of: "van", until: ["tot", ""], before: ["(verlaagd van ", "(verhoogd van "] },
        statuses: &[
            ("open", "open"),
            ("in-progress", "in behandeling"),
            ("documented", "gedocumenteerd"),
            ("resolved", "opgelost"),
            ("deferred", "uitgesteld"),
            ("duplicate", "duplicaat"),
            ("wont-fix", "wordt niet opgelost"),
            ("not-a-bug", "geen fout"),
            ("needs-info", "informatie nodig"),
        ],
        scopes: &[],
        common: "het een en van niet wordt op voor met dat zijn bij is te prioriteit gesloten \
                 beschrijving oorzaak oplossing fout fouten bevinding bevindingen",
    },
    Language {
        scales: &[
            ["kritisk", "hög", "medel", "låg"],
            ["kritiska", "höga", "måttliga", "låga"],
            ["kritiskt", "högt", "medel", "lågt"],
        ],
        severity: &["allvarlighetsgrad"],
        labels: ["Allvarlighetsgrad", "Omfattning", "Status"],
        fixes: ["Åtgärd", "Genomförd åtgärd", "Commit", "Verifiering", "Regressionstest"],
        joints: Joints { of: "av", until: ["till", ""], before: ["(sänkt från ", "(höjd från "] },
        statuses: &[
            ("open", "öppen"),
            ("in-progress", "pågår"),
            ("documented", "dokumenterad"),
            ("resolved", "åtgärdad"),
            ("deferred", "uppskjuten"),
            ("duplicate", "dubblett"),
            ("wont-fix", "åtgärdas inte"),
            ("not-a-bug", "inte en bugg"),
            ("needs-info", "behöver information"),
        ],
        scopes: &[],
        common: "och att det som är inte på med för en av vid till ett allvarlighet prioritet allvarlig \
                 löst beskrivning orsak åtgärd lösning fel fynd brist",
    },
    Language {
        scales: &[
            ["критический", "высокий", "средний", "низкий"],
            ["критическая", "высокая", "средняя", "низкая"],
            ["критическое", "высокое", "среднее", "низкое"],
            ["критические", "высокие", "средние", "низкие"],
            ["критично", "высоко", "средне", "низко"],
            ["блокер", "серьёзный", "незначительный", "тривиальный"],
        ],
        severity: &["критичность", "серьёзность", "серьезность"],
        labels: ["Критичность", "Охват", "Статус"],
        fixes: ["Исправление", "Внесённое исправление", "Коммит", "Проверка", "Регрессионный тест"],
        joints: Joints {
            of: "", until: ["до", ""], before: ["(понижено, было: ", "(повышено, было: "]
        },
        statuses: &[
            ("open", "открыт"),
            ("in-progress", "в работе"),
            ("documented", "задокументировано"),
            ("resolved", "исправлено"),
            ("deferred", "отложено"),
            ("duplicate", "дубликат"),
            ("wont-fix", "не будет исправлено"),
            ("not-a-bug", "не баг"),
            ("needs-info", "требует уточнения"),
        ],
        scopes: &[
            ("production", "продакшен"),
            ("test", "тестирование"),
            ("configuration", "конфигурация"),
            ("documentation", "документация"),
            ("dependency", "зависимость"),
            ("build", "сборка"),
        ],
        common: "и в не на что при для по из это серьёзность серьезность приоритет описание решение \
                 исправление причина ошибка",
    },
    Language {
        scales: &[
            ["критичний", "високий", "середній", "низький"],
            ["критична", "висока", "середня", "низька"],
            ["критичне", "високе", "середнє", "низьке"],
            ["критичні", "високі", "середні", "низькі"],
        ],
        severity: &["критичність", "серйозність"],
        labels: ["Критичність", "Охоплення", "Статус"],
        fixes: ["Виправлення", "Внесене виправлення", "Коміт", "Перевірка", "Регресійний тест"],
        joints: Joints {
            of: "", until: ["до", ""], before: ["(знижено, було: ", "(підвищено, було: "]
        },
        statuses: &[
            ("open", "відкрито"),
            ("in-progress", "виправляється"),
            ("documented", "задокументовано"),
            ("resolved", "виправлено"),
            ("deferred", "відкладено"),
            ("duplicate", "дублікат"),
            ("wont-fix", "не буде виправлено"),
            ("not-a-bug", "не помилка"),
            ("needs-info", "потрібна інформація"),
        ],
        scopes: &[],
        common: "і в не на що при для з та це є від серйозність пріоритет опис виправлення причина \
                 помилка помилки",
    },
    Language {
        scales: &[
            ["krytyczny", "wysoki", "średni", "niski"],
            ["krytyczna", "wysoka", "średnia", "niska"],
            ["krytyczne", "wysokie", "średnie", "niskie"],
            ["krytyczny", "wysoki", "sredni", "niski"],
        ],
        severity: &["ważność"],
        labels: ["Ważność", "Zakres", "Status"],
        fixes: ["Poprawka", "Wprowadzona poprawka", "Commit", "Weryfikacja", "Test regresji"],
        joints: Joints {
            of: "", until: ["do", ""], before: ["(obniżono, było: ", "(podwyższono, było: "]
        },
        statuses: &[
            ("open", "otwarty"),
            ("in-progress", "w toku"),
            ("documented", "udokumentowany"),
            ("resolved", "naprawiony"),
            ("deferred", "odłożony"),
            ("duplicate", "duplikat"),
            ("wont-fix", "nie zostanie naprawiony"),
            ("not-a-bug", "to nie błąd"),
            ("needs-info", "wymaga informacji"),
        ],
        scopes: &[],
        common: "i w na nie się z jest że po dla przy lub przez priorytet waga naprawione naprawiono \
                 otwarte opis przyczyna rozwiązanie błąd błędy",
    },
    Language {
        scales: &[["kritik", "yüksek", "orta", "düşük"], ["kritik", "yuksek", "orta", "dusuk"]],
        severity: &["önem derecesi"],
        labels: ["Önem", "Kapsam", "Durum"],
        fixes: ["Çözüm", "Uygulanan çözüm", "Commit", "Doğrulama", "Regresyon testi"],
        joints: Joints {
            of: "", until: ["", " tarihine kadar"], before: ["(düşürüldü: ", "(yükseltildi: "]
        },
        statuses: &[
            ("open", "açık"),
            ("in-progress", "devam ediyor"),
            ("documented", "belgelendi"),
            ("resolved", "çözüldü"),
            ("deferred", "ertelendi"),
            ("duplicate", "yinelenen"),
            ("wont-fix", "düzeltilmeyecek"),
            ("not-a-bug", "hata değil"),
            ("needs-info", "bilgi gerekli"),
        ],
        scopes: &[],
        common: "ve bir bu için icin ile değil olarak var yok seviye öncelik şiddet düzeltildi \
                 tamamlandı açıklama neden çözüm hata bulgu sorun",
    },
    Language {
        scales: &[["nghiêm trọng", "cao", "trung bình", "thấp"]],
        severity: &["mức độ nghiêm trọng"],
        labels: ["Mức độ", "Phạm vi", "Trạng thái"],
        fixes: ["Khắc phục", "Đã khắc phục", "Commit", "Xác minh", "Kiểm thử hồi quy"],
        joints: Joints { of: "với", until: ["đến", ""], before: ["(hạ từ ", "(nâng từ "] },
        statuses: &[
            ("open", "chưa sửa"),
            ("in-progress", "đang sửa"),
            ("documented", "đã ghi nhận"),
            ("resolved", "đã sửa"),
            ("deferred", "tạm hoãn"),
            ("duplicate", "trùng lặp"),
            ("wont-fix", "không sửa"),
            ("not-a-bug", "không phải lỗi"),
            ("needs-info", "cần thêm thông tin"),
        ],
        scopes: &[],
        common: "và của không là được khi cho các trong với một đã lỗi mức độ trạng thái sửa mô tả",
    },
    Language {
        scales: &[["kritis", "tinggi", "sedang", "rendah"], ["kritis", "tinggi", "menengah", "rendah"]],
        severity: &["tingkat keparahan"],
        labels: ["Tingkat", "Cakupan", "Status"],
        fixes: ["Perbaikan", "Perbaikan yang diterapkan", "Commit", "Verifikasi", "Uji regresi"],
        joints: Joints {
            of: "dari",
            until: ["hingga", ""],
            before: ["(diturunkan dari ", "(dinaikkan dari "],
        },
        statuses: &[
            ("open", "belum diperbaiki"),
            ("in-progress", "sedang diperbaiki"),
            ("documented", "terdokumentasi"),
            ("resolved", "sudah diperbaiki"),
            ("deferred", "ditunda"),
            ("duplicate", "duplikat"),
            ("wont-fix", "tidak diperbaiki"),
            ("not-a-bug", "bukan bug"),
            ("needs-info", "perlu informasi"),
        ],
        scopes: &[],
        common: "dan yang di tidak dengan untuk pada dari ini ke adalah saat keparahan prioritas \
                 selesai diperbaiki deskripsi lokasi dampak perbaikan temuan",
    },
];
