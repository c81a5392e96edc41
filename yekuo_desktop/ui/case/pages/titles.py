"""What stands on the inner pages of a case: their names, with how much is behind them."""

from yekuo_desktop.ui.case.pages.facts import CaseFacts


def titles(facts: CaseFacts, there: int, wanted: int) -> dict[str, str]:
    """By page; ``there`` of ``wanted`` papers of the customer have come."""
    files = sum(not file.withdrawn for file in facts.case.attachments)
    return {
        "materials": f"资料 {there}/{wanted}" if wanted else "资料",
        "attachments": f"附件 {files}" if files else "附件",
        "papers": f"单据 {len(facts.case.papers)}" if facts.case.papers else "单据",
        "limits": f"时限 {len(facts.limits)}" if facts.limits else "时限",
        "history": f"历史 {len(facts.history)}",
    }
