"""The fields of stage 6."""

from yekuo_desktop.domain.field import Field

FIELDS: tuple[Field, ...] = ()
