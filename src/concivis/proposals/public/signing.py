"""Signing: the form, the page of the mailed link with its button, and who has signed.

None of these pages asks for the token against forged forms, except for who is signed in, so that they need no cookie,
and the first of them may be kept by the front cache: docs/decisions/0014-signing.md says why this is safe.
"""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.access import discreet, personal_view
from concivis.accounts.models import User
from concivis.proposals import collecting, known, queries
from concivis.proposals.actions import signing
from concivis.proposals.actions.signing import CannotSign, Found, Outcome
from concivis.proposals.enums import Eligible, Means
from concivis.proposals.forms.signing import SignFields, SignForm
from concivis.proposals.models import Proposal, Rules, RulesText, Signature
from concivis.shell import content, markdown
from concivis.shell.parts import Crumb

NAMES_ON_A_PAGE = 500
NAMES_SECONDS = 60  # how old the list may be: no line of the record announces a signature
LOOK_OR_PRESS = ["GET", "HEAD", "POST"]


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(LOOK_OR_PRESS)
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for everybody; who has sent it is told to look into their mail, whatever became of it."""
    proposal = _proposal(public_id)
    if why := collecting.shut(proposal, timezone.now()):
        return _page(request, "proposals/signing/shut.html", proposal, why=why.value)
    rules = _rules(proposal)
    form = SignForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        try:
            facts = form.facts(form.cleaned_data["email"])
            signing.begin(proposal=proposal, facts=facts, address=_address(request))
        except CannotSign as refused:
            return _page(request, "proposals/signing/shut.html", proposal, why=refused.why.value)
        return discreet(redirect("proposals:sign_sent", public_id))
    given = {"form": form, "by_mail": Means.MAIL in rules.means, **_known_ways(proposal)}
    response = _page(request, "proposals/signing/form.html", proposal, **given)
    return discreet(response) if request.method == "POST" else response


@require_safe
def sign_sent(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(
        request, "proposals/signing/sent.html", _proposal(public_id), heading=_("Look into your mail")
    )


@require_http_methods(LOOK_OR_PRESS)
@personal_view
@sensitive_post_parameters()
def sign_known(request: HttpRequest, public_id: str) -> HttpResponse:
    """For who is signed in: no letter, one press. Shows the signature where it stands."""
    proposal = _proposal(public_id)
    user = cast(User, request.user)
    rules = _rules(proposal)
    proof, email = known.proof_of(request, user, rules), known.address_of(user)
    mine = signing.standing(proposal, signing.person_of(proposal, email, proof)) if proof and email else None
    why = collecting.shut(proposal, timezone.now())
    form = SignFields(request.POST or None, rules=rules, initial={"name": user.name})
    if request.method == "POST" and proof and email and not mine and not why and form.is_valid():
        facts = form.facts(email)
        signing.sign_known(proposal=proposal, facts=facts, proof=proof, address=_address(request))
        return redirect("proposals:signed", public_id)
    given = {"form": form, "proof": proof, "email": email, "mine": mine, "why": why.value if why else ""}
    return _page(request, "proposals/signing/known.html", proposal, **given, **_known_ways(proposal))


@require_POST
@personal_view
def withdraw_known(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = _proposal(public_id)
    user = cast(User, request.user)
    rules = _rules(proposal)
    proof, email = known.proof_of(request, user, rules), known.address_of(user)
    if proof and email:
        mine = signing.standing(proposal, signing.person_of(proposal, email, proof))
        if mine is not None:
            signing.withdraw(signature=mine)
    return redirect("proposals:sign_known", public_id)


@csrf_exempt
@sensitive_variables("key")
@require_http_methods(LOOK_OR_PRESS)
def signature(request: HttpRequest, key: str) -> HttpResponse:
    """The mailed link. Looking changes nothing, as programs that examine mail look, too; the button signs."""
    if request.method == "POST":
        outcome, public_id = signing.confirm(key=key)
        if outcome is Outcome.SIGNED:
            return discreet(redirect("proposals:signed", public_id))
    return discreet(_opened(request, key))


@csrf_exempt
@sensitive_variables("key")
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """The other button of the mailed link, once it has signed."""
    found = signing.find(key)
    if found and found.signature and found.signature.withdrawn_at is None:
        signing.withdraw(signature=found.signature)
    return discreet(redirect("proposals:signature", key))


@require_safe
def signed(request: HttpRequest, public_id: str) -> HttpResponse:
    """“Thank you”: the same for everybody, so that it can be kept; what is one's own stands in the letter."""
    proposal = _proposal(public_id)
    shown = _shown(proposal)
    address = settings.BASE_URL + reverse("proposals:proposal", args=[public_id])
    given = {"heading": _("Thank you, you have signed"), "address": address}
    return _page(request, "proposals/signing/signed.html", proposal, shown=shown, **given)


@require_safe
@cache_control(max_age=NAMES_SECONDS)
def supporters(request: HttpRequest, public_id: str) -> HttpResponse:
    """The names of those who chose it, the latest first."""
    proposal = _proposal(public_id)
    rows = Signature.objects.standing().filter(proposal=proposal, name_public=True)
    names = rows.order_by("-signed_at").values_list("name", "support")
    page = Paginator(names, NAMES_ON_A_PAGE).get_page(request.GET.get("page"))
    given = {"heading": _("Who supports it"), "page": page}
    return _page(request, "proposals/signing/supporters.html", proposal, **given)


def _rules(proposal: Proposal) -> Rules:
    """Those it was published under."""
    assert proposal.rules
    return proposal.rules


def _opened(request: HttpRequest, key: str) -> HttpResponse:
    found = signing.find(key)
    if found is None:
        closed = {
            "heading": _("This link opens nothing"),
            "text": _(
                "There is no such link. It may be older than seven days, or cut in two by your mail program."
            ),
            "ask_url": "",
        }
        return render(request, "proposals/closed.html", closed, status=404)
    given: dict[str, Any] = {"found": found, "key": key, "standing": _standing(found), **_moment(found)}
    return _page(request, "proposals/signing/signature.html", found.proposal, **given)


def _standing(found: Found) -> str:
    """Which of the page's faces is shown."""
    if found.signature is not None:
        return "withdrawn" if found.signature.withdrawn_at else "signed"
    assert found.attempt
    if found.proposal.paused_at is not None:
        return "paused"
    late = timezone.now() >= found.attempt.confirm_until
    return "late" if late or found.proposal.closed_at or found.proposal.hidden_at else "open"


def _moment(found: Found) -> dict[str, Any]:
    shut = collecting.shut(found.proposal, timezone.now())
    return {"may_withdraw": shut is None or shut is collecting.Shut.PAUSED, "is_open": shut is None}


def _proposal(public_id: str) -> Proposal:
    """A public one with rules, that collects or has collected. Three queries."""
    rows = queries.public().filter(rules__isnull=False).select_related("hub__place", "rules")
    return get_object_or_404(rows.prefetch_related("translations"), public_id=public_id)


def _shown(proposal: Proposal) -> content.Shown:
    return content.choose(proposal, proposal.translations.all(), content.reader_languages())


def _rules_text(proposal: Proposal) -> RulesText | None:
    """In the reader's language, else in the hub's, else whichever there is. One query."""
    texts = {text.language: text for text in RulesText.objects.filter(rules=proposal.rules_id)}
    wanted = [*content.reader_languages(), proposal.hub.language]
    return next((texts[each] for each in wanted if each in texts), next(iter(texts.values()), None))


def _known_ways(proposal: Proposal) -> dict[str, Any]:
    means = proposal.rules.means if proposal.rules else []
    text = _rules_text(proposal)
    return {
        "by_account": any(each in means for each in known.BY_ACCOUNT),
        "rules": proposal.rules,
        "eligible": [Eligible(code).label for code in proposal.rules.eligible] if proposal.rules else [],
        "eligibility": markdown.to_html(text.eligibility) if text else "",
        "legal": markdown.to_html(text.legal) if text else "",
        "privacy": markdown.to_html(text.privacy) if text else "",
    }


def _page(request: HttpRequest, template: str, proposal: Proposal, **given: Any) -> HttpResponse:
    shown = given.pop("shown", None) or _shown(proposal)
    address = reverse("proposals:proposal", args=[proposal.public_id])
    context = {
        "heading": _("Sign: {title}").format(title=shown.texts["title"]),
        "crumbs": [
            Crumb(proposal.hub.name, proposal.hub.get_absolute_url()),
            Crumb(shown.texts["title"], address),
        ],
        "hub": proposal.hub,
        "proposal": proposal,
        "proposal_url": address,
        "shown": shown,
        **given,
    }
    return render(request, template, context)


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""
