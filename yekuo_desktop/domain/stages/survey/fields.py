"""The fields of stage 2."""

from yekuo_desktop.domain.field import Field

FIELDS: tuple[Field, ...] = ()
