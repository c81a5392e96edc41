"""What can be done with a case at every stage: each act asks for what it needs and does it."""

from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.casework import AttachmentRemoval, NoteText, OverdueReason, Reason, Suspension
from yekuo_desktop.domain.deadlines.limits import PAUSES
from yekuo_desktop.domain.delivery import PapersReceipt, Reassignment
from yekuo_desktop.domain.paperwork import Reprint
from yekuo_desktop.domain.service_requests import (
    KINDS,
    STEPS,
    RequestAnswered,
    RequestTaken,
    open_steps,
)
from yekuo_desktop.domain.stages.acceptance.fields import fields_on
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for
from yekuo_desktop.office import accepting, attaching, printing
from yekuo_desktop.ui.case.pages.asking import Asking
from yekuo_desktop.ui.case.pages.counter import reason_of
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.dialogs.case_correction import CorrectionDialog
from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog
from yekuo_desktop.ui.dialogs.case_notice import NoticeDialog
from yekuo_desktop.ui.dialogs.case_reason import ChoiceReasonDialog, ReasonDialog, SuspensionDialog
from yekuo_desktop.ui.forms.choices import make_choices


class Wording(NamedTuple):
    """How an act that needs only its reason is asked for."""

    title: str
    consequence: str
    confirm: str
    told: str
    usual: tuple[str, ...] = ()


REASONS = {
    "case.withdrawn": Wording(
        "撤回申请",
        "客户不再申请,业务停止办理,时限不再计算。记录保留,班长可以重新启用。",
        "撤回申请",
        "已撤回",
        ("客户书面申请撤回", "重复申请", "录入错误"),
    ),
    "case.resumed": Wording(
        "恢复办理",
        "从现在起重新计时,暂停的时间不计入时限。",
        "恢复办理",
        "已恢复办理",
        ("客户已备齐", "障碍已消除"),
    ),
    "case.terminated": Wording(
        "终止业务",
        "业务不再办理。记录保留,班长可以重新启用。",
        "终止业务",
        "已终止",
        ("客户逾期未答复", "不具备供电条件"),
    ),
    "case.reopened": Wording("重新启用", "业务回到原来的环节继续办理。", "重新启用", "已重新启用"),
}


class CaseActs(Asking):
    """The acts that need a reason or a few words, and those on papers and files."""

    def with_reason(self, kind: str, facts: CaseFacts) -> None:
        """Withdraw, resume, terminate, reopen."""
        words = REASONS[kind]
        dialog = ReasonDialog(self._window, words.title, words.consequence, words.confirm, usual=words.usual)
        self.ask(dialog, kind, facts, Reason, words.told)

    def suspend(self, facts: CaseFacts) -> None:
        """Pause with a kind, a reason and its evidence."""
        texts = ("暂停办理", "客户、审批等原因的时间不计入时限,须有证明;其他原因照常计时。", "暂停办理")
        choices = make_choices(PAUSES.items())
        dialog = SuspensionDialog(self._window, texts, choices)
        after = lambda a: Suspension(kind=a[0], reason=a[1], evidence=a[2])  # noqa: E731
        self.ask(dialog, "case.suspended", facts, after, "已暂停")

    def reassign(self, facts: CaseFacts) -> None:
        """Another project manager takes the work order."""
        texts = ("改派项目经理", "工单改由另一位项目经理签收,送达时限照常计算。", "改派")
        others = [c for c in facts.managers if c.id != facts.case.project_manager]
        dialog = ChoiceReasonDialog(self._window, texts, "项目经理", others)
        self.ask(dialog, "work_order.reassigned", facts, lambda a: Reassignment(*a), "已改派")

    def note(self, facts: CaseFacts) -> None:
        """Add a remark."""
        dialog = ReasonDialog(self._window, "添加备注", "备注写入历史,不能删除。", "添加", name="备注内容")
        self.ask(dialog, "case.noted", facts, NoteText, "备注已添加")

    def receive_papers(self, facts: CaseFacts) -> None:
        """Sign for the papers that another station has sent."""
        texts = ("接收移交资料", "核对移交来的资料,签收后传递时限停止。", "签收")
        dialog = ReasonDialog(self._window, *texts, name="清点情况", usual=("资料齐全",))
        self.ask(dialog, "papers.received", facts, PapersReceipt, "已签收移交的资料")

    def take_request(self, facts: CaseFacts) -> None:
        """What the customer asks for beside his case."""
        texts = ("登记客户诉求", "校表、抄表异常、投诉各有答复时限,从登记时起计算。", "登记")
        kinds = make_choices((kind, found.label) for kind, found in KINDS.items())
        dialog = ChoiceReasonDialog(self._window, texts, "诉求类别", kinds, name="客户诉求")
        self.ask(dialog, "request.taken", facts, lambda a: RequestTaken(*a), "客户诉求已登记")

    def answer_request(self, facts: CaseFacts) -> None:
        """What was found or said to the customer."""
        texts = ("答复客户诉求", "登记后这一项的答复时限停止。", "登记")
        steps = make_choices((step, STEPS[step]) for step in open_steps(facts.case))
        dialog = ChoiceReasonDialog(self._window, texts, "办理事项", steps, name="办理情况")
        self.ask(dialog, "request.answered", facts, lambda a: RequestAnswered(*a), "办理情况已登记")

    def explain_overdue(self, facts: CaseFacts, limit: str, label: str) -> None:
        """Say why a limit was missed."""
        consequence = "原因供稽查查看,不改变任何时间。"
        dialog = ReasonDialog(self._window, f"说明超时原因:{label}", consequence, "登记原因")
        self.ask(dialog, "case.overdue_explained", facts, lambda r: OverdueReason(limit, r), "原因已登记")

    def reprint(self, facts: CaseFacts, sheet_no: str, title: str) -> None:
        """Print a sheet once more."""
        usual = ("原件遗失", "原件污损", "客户要求")
        consequence = f"{sheet_no} 按原内容再打一张,注明“补打”。"
        dialog = ReasonDialog(self._window, f"补打《{title}》", consequence, "补打", usual=usual)
        after = lambda: self.print_requested.emit(facts.case.id, (sheet_no,))  # noqa: E731
        self.ask(dialog, "paper.reprinted", facts, lambda r: Reprint(sheet_no, r), "已登记补打", after)

    def void(self, facts: CaseFacts, sheet_no: str, title: str) -> None:
        """A sheet no longer counts."""
        consequence = f"{sheet_no} 不再有效,以后打印都注明“作废”。原内容保留。"
        dialog = ReasonDialog(self._window, f"作废《{title}》", consequence, "作废")
        self.ask(dialog, "paper.voided", facts, lambda r: Reprint(sheet_no, r), "已作废")

    def withdraw_attachment(self, facts: CaseFacts, attachment: str, name: str) -> None:
        """A file no longer counts."""
        dialog = ReasonDialog(self._window, f"撤下附件“{name}”", "文件保留,不再作为有效附件。", "撤下")
        kind = "case.attachment_withdrawn"
        self.ask(dialog, kind, facts, lambda r: AttachmentRemoval(attachment, r), "附件已撤下")

    def attach(
        self, facts: CaseFacts, new: tuple[str, bytes, str, str], failed: Callable[[str], None]
    ) -> None:
        """Add a file."""
        desk, session = self._counter.desk, self._counter.session
        name, content, media, material = new
        self.do(
            "case.attached",
            lambda: attaching.attach(desk, session, facts.case.id, name, content, media, material),
            lambda _case: self.done.emit(f"已添加 {name}"),
            lambda error: failed(reason_of(error)),
        )

    def correct(self, facts: CaseFacts, key: str = "") -> None:
        """Correct fields after formal acceptance; what is masked is looked at first."""
        desk = self._counter.desk
        known = chain.from_iterable(fields_on(sheet_for(facts.case.values)).values())
        fields = facts.sight.open_fields(known, facts.case.values)
        today = lambda: desk.clock().date()  # noqa: E731
        dialog = CorrectionDialog(self._window, fields, facts.case.values, desk.reference, today)
        if key:
            dialog.add(key)
        dialog.answered.connect(lambda answer: self._correct(dialog, facts, answer))
        dialog.open()

    def issue(self, facts: CaseFacts, form: str, title: str) -> None:
        """Issue a sheet and show it; a one-time notice is shown before it is said."""
        if form != "one_time_notice":
            self._issue(facts.case.id, form, title)
            return
        dialog = NoticeDialog(self._window, [rule.label for rule in facts.missing])
        dialog.answered.connect(lambda _answer: self._issue(facts.case.id, form, title, dialog))
        dialog.open()

    def _issue(self, case_id: str, form: str, title: str, dialog: CaseDialog | None = None) -> None:
        desk, session = self._counter.desk, self._counter.session

        def issued(sheet: Any) -> None:
            self.finish(dialog, f"已出具《{title}》")
            self.print_requested.emit(case_id, (sheet.sheet_no,))

        self._counter.background.run(
            lambda: printing.issue(desk, session, case_id, form),
            issued,
            lambda error: self.refuse(dialog, error),
            self,
            changed=lambda _sheet: (("paper.issued",), (case_id,)),
        )

    def _correct(self, dialog: CorrectionDialog, facts: CaseFacts, answer: Any) -> None:
        desk, session = self._counter.desk, self._counter.session
        changes, reason = answer

        def refused(error: Exception) -> None:
            if isinstance(error, Refused):
                dialog.show_problems(error.problems)
            else:
                dialog.refuse(reason_of(error))

        self.do(
            "case.changed",
            lambda: accepting.correct(desk, session, facts.case.id, changes, reason),
            lambda _case: self.finish(dialog, f"已更正 {len(changes)} 个栏目"),
            refused,
        )
