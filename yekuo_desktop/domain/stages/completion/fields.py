"""The fields of stage 5."""

from yekuo_desktop.domain.field import Field

FIELDS: tuple[Field, ...] = ()
