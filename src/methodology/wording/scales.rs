//! Words that go together, of which one for another level is chosen: each from the most to the least severe, in
//! lower case. A word stands in several scales where languages share it.

use super::Tongue;

/// The words for four levels.
pub(super) type Scale = [&'static str; 4];

/// All scales, those of a tongue first.
pub(super) fn scales(tongue: Tongue) -> impl Iterator<Item = &'static Scale> {
    let (first, then): (&[Scale], &[Scale]) = match tongue {
        Tongue::Japanese => (&JAPANESE, &OTHERS),
        Tongue::Ascii | Tongue::Any => (&OTHERS, &JAPANESE),
    };
    first.iter().chain(then)
}

/// Words that go with those for a grade, as in `Medium Priority`, and are names of levels where nobody changes them.
pub(super) const GRADES: [&str; 4] = ["critical", "high", "medium", "low"];

const OTHERS: [Scale; 43] = [
    ["blocker", "major", "minor", "trivial"],
    ["严重", "高", "中", "低"],
    ["致命", "严重", "一般", "轻微"],
    ["紧急", "高危", "中危", "低危"],
    ["严重", "高级", "中级", "低级"],
    ["最高", "高优先级", "中优先级", "低优先级"],
    ["致命", "主要", "次要", "轻微"],
    ["关键", "重要", "普通", "可选"],
    ["嚴重", "高級", "中級", "低級"],
    ["심각", "높음", "중간", "낮음"],
    ["치명적", "높음", "보통", "낮음"],
    ["긴급", "상", "중", "하"],
    ["crítico", "alto", "medio", "bajo"],
    ["crítica", "alta", "media", "baja"],
    ["crítico", "alto", "médio", "baixo"],
    ["crítica", "alta", "média", "baixa"],
    ["bloqueante", "mayor", "menor", "leve"],
    ["critico", "alto", "medio", "basso"],
    ["critica", "alta", "media", "bassa"],
    ["critique", "élevé", "moyen", "faible"],
    ["critique", "élevée", "moyenne", "faible"],
    ["critique", "haute", "moyenne", "basse"],
    ["bloquant", "majeur", "mineur", "trivial"],
    ["bloquante", "majeure", "mineure", "triviale"],
    ["kritisch", "hoch", "mittel", "niedrig"],
    ["kritische", "hohe", "mittlere", "niedrige"],
    ["kritisch", "schwer", "mittelschwer", "leicht"],
    ["kritiek", "hoog", "gemiddeld", "laag"],
    ["kritisk", "hög", "medel", "låg"],
    ["критический", "высокий", "средний", "низкий"],
    ["критическая", "высокая", "средняя", "низкая"],
    ["критическое", "высокое", "среднее", "низкое"],
    ["критические", "высокие", "средние", "низкие"],
    ["критично", "высоко", "средне", "низко"],
    ["блокер", "серьёзный", "незначительный", "тривиальный"],
    ["kritik", "yüksek", "orta", "düşük"],
    ["critico", "alto", "medio", "bajo"],
    ["critica", "alta", "media", "baja"],
    ["critico", "alto", "medio", "baixo"],
    ["critica", "alta", "media", "baixa"],
    ["critique", "eleve", "moyen", "faible"],
    ["critique", "elevee", "moyenne", "faible"],
    ["kritik", "yuksek", "orta", "dusuk"],
];

const JAPANESE: [Scale; 5] = [
    ["致命的", "高", "中", "低"],
    ["致命的", "高い", "中程度", "低い"],
    ["致命的", "重大", "中度", "軽微"],
    ["致命的", "重度", "中度", "軽度"],
    ["クリティカル", "ハイ", "ミディアム", "ロー"],
];
