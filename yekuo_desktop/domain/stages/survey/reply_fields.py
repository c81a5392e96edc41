"""The fields of the second half of stage 2 (regulations.md 2.12: 供电方案答复 012, 实收 014)."""

from yekuo_desktop.domain.field import Field

REPLY_FIELDS: tuple[Field, ...] = ()
