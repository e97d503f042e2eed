"""`office/<slug>/proposals/…`: the office's pages, and the authority's package."""

from django.urls import URLPattern, path

from concivis.proposals.office import (
    entry,
    fate,
    figures,
    handover,
    limits,
    paper,
    register,
    rules,
    signatures,
    table,
)
from concivis.proposals.public import handed_over

HOME = "office/<slug:slug>/proposals"
ENTRY = f"{HOME}/<str:public_id>"
urlpatterns: list[URLPattern] = [
    path("proposals/handed-over/<str:key>/", handed_over.package, name="package"),
    path(f"{HOME}/", table.table, name="office"),
    path(f"{HOME}.<str:extension>", table.export, name="office_export"),
    path(f"{HOME}/limits/", limits.limits, name="office_limits"),
    path(f"{HOME}/figures/", figures.figures, name="office_figures"),
    path(f"{HOME}/rules/", rules.rules, name="office_rules"),
    path(f"{HOME}/rules/edit/", rules.edit, name="office_rules_edit"),
    path(f"{HOME}/rules/compare/", rules.compare, name="office_rules_compare"),
    path(f"{HOME}/rules/texts/<str:language>/", rules.text, name="office_rules_text"),
    path(f"{HOME}/rules/<int:number>/", rules.version, name="office_rules_version"),
    path(f"{ENTRY}/", entry.overview, name="office_proposal"),
    path(f"{ENTRY}/claim/", entry.claim, name="office_claim"),
    path(f"{ENTRY}/release/", entry.release, name="office_release"),
    path(f"{ENTRY}/ask/", entry.ask, name="office_ask"),
    path(f"{ENTRY}/publish/", entry.publish, name="office_publish"),
    path(f"{ENTRY}/reject/", entry.reject, name="office_reject"),
    path(f"{ENTRY}/reject/list/", entry.list_rejection, name="office_list_rejection"),
    path(f"{ENTRY}/hide/", entry.hide, name="office_hide"),
    path(f"{ENTRY}/show/", entry.show, name="office_show"),
    path(f"{ENTRY}/pause/", entry.pause, name="office_pause"),
    path(f"{ENTRY}/resume/", entry.resume, name="office_resume"),
    path(f"{ENTRY}/correct/", entry.correct, name="office_correct"),
    path(f"{ENTRY}/signatures/", signatures.signatures, name="office_signatures"),
    path(f"{ENTRY}/signatures/held/", limits.held, name="office_held"),
    path(f"{ENTRY}/signatures/invalidate/", signatures.invalidate, name="office_invalidate"),
    path(
        f"{ENTRY}/signatures/<str:invalidation>/cancel/", signatures.cancel, name="office_invalidation_cancel"
    ),
    path(f"{ENTRY}/paper/", paper.paper, name="office_paper"),
    path(f"{ENTRY}/paper/sheet-<str:language>.pdf", paper.print_sheet, name="office_sheet_pdf"),
    path(f"{ENTRY}/paper/<str:sheet>/", paper.change, name="office_sheet"),
    path(f"{ENTRY}/paper/<str:sheet>/remove/", paper.remove, name="office_sheet_remove"),
    path(f"{ENTRY}/paper/<str:sheet>/scan", paper.scan, name="office_sheet_scan"),
    path(f"{ENTRY}/register/", register.register, name="office_register"),
    path(f"{ENTRY}/register/fetch/", register.fetch, name="office_register_fetch"),
    path(f"{ENTRY}/register/<int:number>/", register.check, name="office_check"),
    path(f"{ENTRY}/handover/", handover.handover, name="office_handover"),
    path(f"{ENTRY}/handover/new/", handover.new, name="office_package_new"),
    path(f"{ENTRY}/handover/received/", handover.receipt, name="office_receipt"),
    path(f"{ENTRY}/handover/<str:package>/again/", handover.send_again, name="office_package_again"),
    path(f"{ENTRY}/handover/<str:package>/withdraw/", handover.withdraw, name="office_package_withdraw"),
    path(f"{ENTRY}/fate/", fate.fate, name="office_fate"),
    path(f"{ENTRY}/fate/answer/", fate.answer, name="office_answer"),
    path(f"{ENTRY}/fate/answers/<str:answer>/", fate.translate, name="office_answer_text"),
    path(f"{ENTRY}/fate/decision/", fate.decision, name="office_decision"),
    path(f"{ENTRY}/fate/talk/", fate.talk, name="office_talk"),
    path(f"{ENTRY}/fate/end/", fate.end, name="office_end"),
    path(f"{ENTRY}/fate/measures/new/", fate.measure_new, name="office_measure_new"),
    path(f"{ENTRY}/fate/measures/<str:measure>/", fate.measure, name="office_measure"),
    path(f"{ENTRY}/fate/measures/<str:measure>/text/", fate.measure_text, name="office_measure_text"),
    path(f"{ENTRY}/fate/measures/<str:measure>/remove/", fate.measure_remove, name="office_measure_remove"),
]
