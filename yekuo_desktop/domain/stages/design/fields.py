"""The fields of stage 3."""

from yekuo_desktop.domain.field import Field

FIELDS: tuple[Field, ...] = ()
