"""What the office does, as the record tells it in words."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs.record_words import register as words


def register() -> None:
    _of_the_rules()
    _of_the_review()
    _of_signatures()
    _of_the_fate()


def _of_the_rules() -> None:
    words("proposals.rules", _("made version {number} of the rules for citizens’ initiatives"))
    words("proposals.limits", _("changed from how many signatures of one source on the office looks first"))
    words("proposals.rules_text", _("wrote the rules for citizens’ initiatives in {language}"))


def _of_the_review() -> None:
    words("proposal.claimed", _("took a proposal to look at"))
    words("proposal.taken_over", _("took over the review of a proposal from a colleague"))
    words("proposal.released", _("gave back the review of a proposal"))
    words("proposal.asked", _("asked the proposer something"))
    words("proposal.rejected", _("did not admit a proposal: {reason}"))
    words("proposal.rejection_listed", _("put a proposal on the public list of what was not admitted"))
    words("proposal.rejection_unlisted", _("took a proposal off the public list of what was not admitted"))
    words("proposal.hidden", _("hid a proposal: {reason}"))
    words("proposal.shown", _("showed a proposal again"))
    words("proposal.paused", _("paused a proposal"))
    words("proposal.resumed", _("let a proposal go on; {days} days were added to its deadline"))


def _of_signatures() -> None:
    words("proposal.let_through", _("let {count} signatures through that had waited for the office"))
    words("proposal.dropped", _("dropped {count} attempts to sign that had waited for the office"))
    words("proposal.invalidated", _("took {count} signatures out of the count"))
    words("proposal.invalidation_cancelled", _("put {count} signatures back into the count"))
    words("proposal.sheet_entered", _("entered a sheet with signatures on paper: {valid} of {lines} count"))
    words("proposal.sheet_changed", _("corrected a sheet with signatures on paper: {valid} of {lines} count"))
    words("proposal.sheet_removed", _("removed a sheet with signatures on paper"))
    words("proposal.check_fetched", _("fetched {count} signatures for the check against the register"))
    words("proposal.check_brought", _("brought a file with answers of the register"))
    words("proposal.check_discarded", _("discarded a file with answers of the register"))
    words(
        "proposal.checked",
        _("noted what the register said: {valid} valid, {invalid} not valid, {unknown} unknown"),
    )


def _of_the_fate() -> None:
    words("proposal.package_made", _("made the package with the signatures for who receives them"))
    words("proposal.package_sent_again", _("sent the package with the signatures again"))
    words("proposal.package_opened", _("opened the package with the signatures"))
    words("proposal.package_withdrawn", _("withdrew the package with the signatures"))
    words("proposal.handed_over", _("handed over a proposal"))
    words("proposal.answer_due_reminded", _("reminded who received a proposal that its answer is due"))
    words("proposal.answered", _("answered a proposal: {verdict}"))
    words("proposal.decided", _("noted the decision about a proposal: {verdict}"))
    words("proposal.answer_translated", _("wrote an answer to a proposal in {language}"))
    words("proposal.heard", _("noted that the proposer was heard"))
    words("proposal.debated", _("noted that the council debated a proposal"))
    words("proposal.measure_added", _("added a measure to a proposal"))
    words("proposal.measure_changed", _("changed a measure of a proposal"))
    words("proposal.measure_translated", _("wrote a measure of a proposal in {language}"))
    words("proposal.measure_removed", _("removed a measure of a proposal"))
    words("proposal.ended", _("said what became of a proposal: {outcome}"))
