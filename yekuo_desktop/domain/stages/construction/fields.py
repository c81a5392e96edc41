"""The fields of stage 4."""

from yekuo_desktop.domain.field import Field

FIELDS: tuple[Field, ...] = ()
