//! Small reports, one of each layout, for mutations to start from.

/// How many of them are read as having several bugs; those of layouts that are not known yet are not.
pub(super) const READ: usize = 9;

pub(super) const ALL: [&str; 18] = [
    BULLETS,
    BOLD,
    PLAIN,
    FIELD_TABLE,
    SETEXT,
    PREFIXES,
    SUFFIXES,
    LETTERS,
    SECTIONS,
    TABLE,
    INDEX,
    TASKS,
    NUMBERED,
    ITEMS,
    FIELD_HEADINGS,
    CHINESE,
    RUSSIAN,
    MIXED,
];

/// A heading per bug with bullet fields, sections by severity, a summary that counts.
const BULLETS: &str = "\
# Ferry desk triage

| Severity      | Count | SLA  |
|---------------|-------|------|
| P0 (Critical) | 2     | 24 h |
| P1 (High)     | 1     | 72 h |
| **Total**     | 3     |      |

## P0 Bugs (Critical)

### BUG-001: Tickets sold twice

- **Severity:** P0 - KeyError
- **Status:** ⚠️ OPEN - nobody on it
- **Tests:**
  - tests/sale.py

---

### BUG-002: Fog horn silent

- **Severity:** P0
- **Scope:** production

---

## P1 Bugs (High)

### BUG-003: Old timetable shown

- **Severity:** P1 - StaleCache
- **Reproduction:**
  ```sh
  show --all
  ```

## Next steps

1. P0 first
";

/// Bold paragraphs for fields.
const BOLD: &str = "\
# Findings

### Finding 1: Gate opens late

**Severity:** High
**Status:** Open

It waits for the tide.

### Finding 2: Gate closes late

**Severity:** Low (nobody noticed)
**Status:** Fixed
";

/// Plain lines for fields, and no ids.
const PLAIN: &str = "\
## Lamp stays on
Severity: Major
Status: open

## Lamp stays off
Severity: Minor
Status: closed

Seen twice.
";

/// A table of fields below each heading.
const FIELD_TABLE: &str = "\
## Issue 1 - Rope frayed

| Field    | Value    |
|----------|----------|
| Severity | Critical |
| Status   | Open     |

## Issue 2 - Rope too short

| Field    | Value  |
|----------|--------|
| Severity | Medium |
| Status   | Done   |
";

const SETEXT: &str = "\
Harbour review
==============

BUG #1: Buoy adrift
-------------------

* Severity: S1
* Status: new

BUG #2: Buoy unlit
------------------

* Severity: S3
";

/// The level before the title.
const PREFIXES: &str = "\
# Review

### [P1] Seats counted twice

In the morning.

### [P3] Seat colours differ

### 🔴 Critical: Bilge alarm muted

### 🟡 Medium: Bilge alarm too loud
";

/// The level behind the title.
const SUFFIXES: &str = "\
# Notes

#### #12 Anchor chain short (High)

#### #13 Anchor unpainted (Low)

#### #14 Anchor lost — CRITICAL
";

/// Ids that encode the level.
const LETTERS: &str = "\
# Audit

## High

### [H-01] Keys in the lock

### [H-02] Locks without keys

## Medium

### [M-01] Keys unlabelled

## Low

None.
";

/// The level from the section alone, with counts in its heading.
const SECTIONS: &str = "\
# Audit of the gangway

- Critical: 1
- High: 2

## 🔴 Critical (1)

### 1. Plank missing

Mind the gap.

## 🟠 High (2)

### 2. Rail loose

### 3. Rail wet
";

const TABLE: &str = "\
# Open bugs

| ID   | Severity | Title         | Status |
|------|----------|---------------|--------|
| F-1  | High     | Fuel gauge    | open   |
| F-2  | Low      | Fuel \\| oil   | open   |
| ~~F-3~~ | **Medium** | `a|b` cap | done |
";

/// A table that points to sections.
const INDEX: &str = "\
# Report

| # | Bug | Severity |
|---|-----|----------|
| 1 | [Radio crackles](#b-1) | P1 |
| 2 | [Radio silent](#b-2) | P0 |

## B-1: Radio crackles

**Severity**: P1

## B-2: Radio silent

**Severity**: P0

There were 2 P0 bugs in May.
";

const TASKS: &str = "\
# To do

- [ ] **P1** Mend the awning
- [x] **P2** Paint the funnel
  - Status: done
- [ ] **P0** Pump out the hold
";

const NUMBERED: &str = "\
# Problems

## Major

1. **Deck slippery** - after rain
2. **Deck too hot** - in the sun

## Minor

1. **Deck creaks**
";

/// Items with continuation fields.
const ITEMS: &str = "\
# List

- **CAB-1**: Cabin door jams
  - Severity: High
  - Status: open

- **CAB-2**: Cabin light flickers
  - Severity: Low
";

/// Fields that are headings.
const FIELD_HEADINGS: &str = "\
## BUG-1 Menu empty

### Severity: P0

### Description

Nothing to eat.

## BUG-2 Menu in Latin

### Severity: P2
";

const CHINESE: &str = "\
# 检查报告

## 严重问题

### 问题1：船票丢失

- **严重程度**：高
- **状态**：未修复

### A-2【中】时刻表过期

| 编号 | 级别 | 标题 |
|---|---|---|
| W-1 | 低 | 颜色不对 |
";

const RUSSIAN: &str = "\
# Отчёт

### БАГ-1: Трап скользкий

**Серьёзность:** Высокая
**Статус:** Открыт

### БАГ-2: Трап короткий

**Серьёзность:** Низкая
";

/// Headings for the top level, rows for the next, bullets for the rest.
const MIXED: &str = "\
---
title: Season review
---

# Season review

## Critical (1)

### C1. Engine stops

> Heard by all.

## High (2)

| ID | Title |
|----|-------|
| H1 | Horn sticks |
| H2 | Horn squeaks |

## Low

- **L1** Flag torn
- **L2** Flag faded

<details>
<summary>More</summary>

### Not a bug

</details>
";
