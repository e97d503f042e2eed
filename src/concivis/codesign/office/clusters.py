"""Insights put in order: clusters, and sentences that may be quoted."""

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.codesign.actions import recommending
from concivis.codesign.enums import InsightState
from concivis.codesign.forms.outcomes import ClusterForm, QuoteForm
from concivis.codesign.models import ClusteredInsight, Insight, Process
from concivis.codesign.office.doors import LOOK_OR_SAY, address, inside_process
from concivis.codesign.office.outcome_doors import done, form_page, process_page, who

TAB = "office_clusters"


@inside_process
@require_safe
def clusters(request: HttpRequest, process: Process) -> HttpResponse:
    """All insights of the process, each in its cluster, those in none first. Five queries of its own."""
    members = ClusteredInsight.objects.select_related("insight").prefetch_related("insight__quotes")
    found = process.clusters.annotate(number=Count("members")).select_related("theme")
    loose = process.insights.filter(clustered=None).exclude(state=InsightState.ASIDE)
    context = {
        "clusters": list(found.prefetch_related(Prefetch("members", members))),
        "loose": list(loose.prefetch_related("quotes")),
        "new_url": address("office_cluster_new", process),
        "move_url": address("office_insight_move", process),
    }
    return process_page(request, process, "codesign/office/clusters.html", context, tab=TAB)


@inside_process
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, process: Process) -> HttpResponse:
    return form_page(
        request,
        process,
        ClusterForm(request.POST or None, initial={"language": process.language}),
        lambda said: recommending.make_cluster(by=who(request), process=process, **said),
        title=_("Make a cluster"),
        submit=_("Make it"),
        said=_("Made. Move insights into it now."),
        back=address("office_clusters", process),
        tab=TAB,
    )


@inside_process
@require_http_methods(LOOK_OR_SAY)
def change(request: HttpRequest, process: Process, cluster: str) -> HttpResponse:
    found = get_object_or_404(process.clusters.select_related("theme"), public_id=cluster)
    found.process, back = process, address("office_clusters", process)
    if request.method == "POST" and "remove" in request.POST:
        act = lambda: recommending.remove_cluster(by=who(request), cluster=found)  # noqa: E731
        return done(request, act, _("The cluster is gone; its insights stay."), back)
    initial = {
        "name": found.name,
        "language": found.language,
        "theme": found.theme.code if found.theme else "",
    }
    return form_page(
        request,
        process,
        ClusterForm(request.POST or None, initial=initial),
        lambda said: recommending.change_cluster(by=who(request), cluster=found, **said),
        title=_("Change the cluster"),
        submit=_("Save"),
        said=_("Saved."),
        back=back,
        tab=TAB,
        remove=_("Remove the cluster"),
    )


@inside_process
@require_POST
def move(request: HttpRequest, process: Process) -> HttpResponse:
    """One insight into a cluster, or out of any."""
    insight: Insight = get_object_or_404(process.insights, public_id=request.POST.get("insight", ""))
    chosen = request.POST.get("cluster", "")
    cluster = get_object_or_404(process.clusters, public_id=chosen) if chosen else None
    act = lambda: recommending.move_insight(by=who(request), insight=insight, cluster=cluster)  # noqa: E731
    said = _("Moved to “{name}”.").format(name=cluster.name) if cluster else _("Taken out of its cluster.")
    return done(request, act, said, f"{address('office_clusters', process)}#i-{insight.public_id}")


@inside_process
@require_http_methods(LOOK_OR_SAY)
def quotes(request: HttpRequest, process: Process, insight: str) -> HttpResponse:
    """The released sentences of an insight: a further one, or one taken back."""
    found: Insight = get_object_or_404(process.insights, public_id=insight)
    found.hub, back = process.hub, address("office_clusters", process)
    if request.method == "POST" and "take_back" in request.POST:
        quote = get_object_or_404(found.quotes, public_id=request.POST["take_back"])
        quote.insight = found
        act = lambda: recommending.take_back_quote(by=who(request), quote=quote)  # noqa: E731
        return done(request, act, _("The sentence is not public any more."), request.path)
    return form_page(
        request,
        process,
        QuoteForm(request.POST or None, initial={"language": found.language}),
        lambda said: recommending.release_quote(by=who(request), insight=found, **said),
        title=_("A sentence that may be quoted"),
        submit=_("Release it"),
        said=_("Released: it stands on the public page, without a name."),
        back=back,
        tab=TAB,
        note=found.text,
        quotes=list(found.quotes.all()),
    )
