"""The fields of stage 7."""

from yekuo_desktop.domain.field import Field

FIELDS: tuple[Field, ...] = ()
