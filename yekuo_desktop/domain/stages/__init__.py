"""The stages of a case. No stage module knows another; each holds fields, acts and papers."""

from yekuo_desktop.domain.stages.acceptance import acts as acceptance

ALL_STAGE_ACTS = (*acceptance.ACTS,)
