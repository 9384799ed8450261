//! How fast each cost grows with the number of bugs: 1 is as fast as the report.
//!
//! `cargo bench --bench growth`; `REGRADE_BENCH_BUGS=10000,100000,1000000` chooses the sizes.

#![allow(clippy::print_stdout)] // Its table is what it is run for.

#[allow(dead_code)]
mod costs;
#[allow(dead_code)]
mod generator;

use costs::Bench;

/// From so many bugs to so many, where nothing is chosen.
const SIZES: [usize; 2] = [10_000, 1_000_000];

fn main() {
    let chosen = std::env::var("REGRADE_BENCH_BUGS").unwrap_or_default();
    let chosen: Vec<usize> = chosen.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let sizes = if chosen.len() < 2 { SIZES.to_vec() } else { chosen };
    let measured: Vec<_> = sizes.iter().map(|bugs| of(*bugs)).collect();
    let (first, last) = (&measured[0], &measured[measured.len() - 1]);
    println!(
        "| cost | {} | exponent |",
        sizes.iter().map(|bugs| format!("µs a bug of {bugs}")).collect::<Vec<_>>().join(" | ")
    );
    println!("|---|{}---:|", "---:|".repeat(sizes.len()));
    let grown = (sizes[sizes.len() - 1] as f64 / sizes[0] as f64).ln();
    for at in 0..first.len() {
        let exponent = (last[at].1 / first[at].1).ln() / grown;
        let each = measured
            .iter()
            .zip(&sizes)
            .map(|(costs, bugs)| format!("{:.2}", costs[at].1 * 1e6 / *bugs as f64));
        println!("| {} | {} | {exponent:.2} |", first[at].0, each.collect::<Vec<_>>().join(" | "));
    }
}

fn of(bugs: usize) -> Vec<(&'static str, f64)> {
    Bench::of(|mut out| generator::report(bugs, 7, &mut out)).costs()
}
