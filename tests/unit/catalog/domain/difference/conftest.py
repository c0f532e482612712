"""One small course, and versions of it made by replacing some of its words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from courses.reader import read_course
from schemas.course import Course

BASE = """---
id: roadmap
institution: tsinghua
title: {zh: 路线图, en: Roadmap}
edition: 2022-2023
hours: 8
objectives: [{id: o1, text: 会诊断}, {id: o2, text: 会规划}]
pass: {score: 0.8, lessons: all}
---

概览：先诊断，再规划。

# 基础 {#m1}

## 诊断 {#l1}

企业先要看清自己的位置。

::: question choice {#q1 objectives="o1"}
先做什么？

- [ ] 购买设备
- [x] 找准问题
- [ ] 招聘人员
:::

::: question true-false {#q2 points=2 objectives="o1"}
系统越多越好。

= 错
:::

## 规划 {#l2}

规划分三步走。

::: question fill-in {#q3 objectives="o2"}
首都是____。

= 北京
:::

::: question numeric {#q4 objectives="o2"}
六乘七等于几？

= 42
:::

# 落地 {#m2}

## 实施 {#l3}

实施要有节奏。

::: question sequencing {#q5 objectives="o2"}
排出顺序。

1. 诊断
2. 规划
3. 实施
:::

::: question matching {#q6 objectives="o2"}
连一连。

| 词 | 义 |
| --- | --- |
| 精益 | 减少浪费 |
| 敏捷 | 快速响应 |
:::

## 复盘 {#l4}

复盘看得失。

::: question likert {#q7}
我有信心。

- 不同意
- 一般
- 同意
:::

::: question long-fill-in {#q8}
写下你的打算。
:::
"""

Edits = tuple[tuple[str, str], ...]


@pytest.fixture
def version(tmp_path: Path) -> Callable[[Edits], Course]:
    """The course after some edits, each of which must find its words exactly once."""

    def make(edits: Edits = ()) -> Course:
        text = BASE
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / "course.md").write_text(text, encoding="utf-8")
        reading = read_course(tmp_path)
        assert reading.course is not None
        assert reading.errors == ()
        return reading.course

    return make
