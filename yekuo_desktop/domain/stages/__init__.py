"""The stages of a case. No stage module knows another; each holds fields, acts and papers."""

from yekuo_desktop.domain import lacking, paper_values
from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.papers import PaperForm
from yekuo_desktop.domain.stages.acceptance import acts as acceptance
from yekuo_desktop.domain.stages.acceptance import papers as acceptance_papers
from yekuo_desktop.domain.stages.archive import acts as archive
from yekuo_desktop.domain.stages.archive import fields as archive_fields
from yekuo_desktop.domain.stages.archive import papers as archive_papers
from yekuo_desktop.domain.stages.completion import acts as completion
from yekuo_desktop.domain.stages.completion import fields as completion_fields
from yekuo_desktop.domain.stages.completion import papers as completion_papers
from yekuo_desktop.domain.stages.construction import acts as construction
from yekuo_desktop.domain.stages.construction import fields as construction_fields
from yekuo_desktop.domain.stages.construction import papers as construction_papers
from yekuo_desktop.domain.stages.design import acts as design
from yekuo_desktop.domain.stages.design import fields as design_fields
from yekuo_desktop.domain.stages.design import papers as design_papers
from yekuo_desktop.domain.stages.energization import acts as energization
from yekuo_desktop.domain.stages.energization import fields as energization_fields
from yekuo_desktop.domain.stages.energization import papers as energization_papers
from yekuo_desktop.domain.stages.survey import acts as survey
from yekuo_desktop.domain.stages.survey import fields as survey_fields
from yekuo_desktop.domain.stages.survey import papers as survey_papers
from yekuo_desktop.domain.tasks import Task

ALL_STAGE_ACTS = (*acceptance.ACTS,)
ALL_TASKS: tuple[Task, ...] = (
    *survey.TASKS,
    *design.TASKS,
    *construction.TASKS,
    *completion.TASKS,
    *energization.TASKS,
    *archive.TASKS,
)
ALL_FIELDS: tuple[Field, ...] = (
    *survey_fields.FIELDS,
    *design_fields.FIELDS,
    *construction_fields.FIELDS,
    *completion_fields.FIELDS,
    *energization_fields.FIELDS,
    *archive_fields.FIELDS,
    *lacking.FIELDS,
)
"""Every field of the later stages; a key means one thing in all of them."""
ALL_FORMS: dict[str, PaperForm] = {
    **acceptance_papers.FORMS,
    **survey_papers.FORMS,
    **design_papers.FORMS,
    **construction_papers.FORMS,
    **completion_papers.FORMS,
    **energization_papers.FORMS,
    **archive_papers.FORMS,
    **lacking.FORMS,
}
LABELS: dict[str, str] = {
    **{field.key: field.label for field in ALL_FIELDS},
    **paper_values.LABELS,
    **lacking.LABELS,
    **survey_papers.LABELS,
    **design_papers.LABELS,
    **construction_papers.LABELS,
    **completion_papers.LABELS,
    **energization_papers.LABELS,
    **archive_papers.LABELS,
    **acceptance_papers.LABELS,
}
"""Every key a form file may name, with its words."""
