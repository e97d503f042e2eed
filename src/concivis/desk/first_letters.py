"""Letters of first contact (twinning): the answer to one arrives as a mail, and joins what is kept at the desk."""

from collections.abc import Mapping

from concivis.desk.actions.noting import noted
from concivis.desk.enums import Channel
from concivis.desk.models import Enquiry
from concivis.desk.posting import headers_of
from concivis.hubs import letters
from concivis.shell.ids import new_public_id
from concivis.twinning.cards import KIND
from concivis.twinning.models import Letter


def headers(letter: Letter) -> Mapping[str, str]:
    """Opens an enquiry for the letter, with whom it went to as the asker; what marks the mail as belonging to it.

    It needs nobody's attention until an answer comes: that the other side is silent is a matter of twinning. The answer
    joins it, whether it comes by the mailbox, a file of mails, or is noted by hand.
    """
    hub = letter.partnership.hub
    if hub is None:
        return {}
    enquiry = Enquiry.objects.create(
        public_id=new_public_id(),
        hub=hub,
        channel=Channel.LETTER,
        language=letters.interface_language(letter.language),
        subject=letter.subject,
        text=letter.body,
        concerns_kind=KIND,
        concerns_id=letter.partnership.public_id,
        asker_name=letter.to_name[:120],
        asker_email=letter.to_email.lower(),
        first_answered_at=letter.written_at,  # the first word was the office's own
        assignee=letter.written_by,
        noted_by=letter.written_by,
    )
    noted(enquiry, letter.written_by, "enquiry.letter_sent", channel=str(enquiry.channel))
    return headers_of(enquiry)
