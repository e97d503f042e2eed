"""Addresses of what becomes of a process: recommendations, answers, measures, the box, votes."""

from django.urls import URLPattern, path

from concivis.codesign.office import box as office_box
from concivis.codesign.office import clusters, measures, recommendations, texts
from concivis.codesign.office import voting as office_voting
from concivis.codesign.public import box, easy, pages, readers, voting

OF_PROCESS = "office/<slug:slug>/codesign/processes/<str:process>"
INPUT = f"{OF_PROCESS}/box/<str:input>"
VOTE = f"{OF_PROCESS}/votes/<str:vote>"
ONE = f"{OF_PROCESS}/recommendations/<str:recommendation>"

PUBLIC: list[URLPattern] = [
    path("hubs/<slug:slug>/codesign/", pages.of_hub, name="of_hub"),
    path("hubs/<slug:slug>/codesign.<str:extension>", pages.of_hub_export, name="of_hub_export"),
    path("codesign/box/", box.receipt, name="receipt"),
    path("codesign/ballot/", voting.ballot, name="ballot"),
    # who asked to be told
    path("codesign/reader/<str:key>/", readers.reader, name="reader"),
    path("codesign/reader/<str:key>/confirm/", readers.confirm, name="reader_confirm"),
    path("codesign/reader/<str:key>/leave/", readers.leave, name="reader_leave"),
]
# after every other address that begins with codesign/
PROCESS: list[URLPattern] = [
    path("codesign/<str:public_id>/", pages.process, name="process"),
    path("codesign/<str:public_id>/recommendations/", pages.recommendations, name="recommendations"),
    path(
        "codesign/<str:public_id>/recommendations.<str:extension>",
        pages.recommendations_export,
        name="recommendations_export",
    ),
    path("codesign/<str:public_id>/updates.<str:extension>", pages.updates, name="updates"),
    path("codesign/<str:public_id>/sessions.ics", pages.sessions, name="sessions"),
    path("codesign/<str:public_id>/follow/", readers.follow, name="follow"),
    path("codesign/<str:public_id>/box/", box.box, name="box"),
    path("codesign/<str:public_id>/easy/", easy.easy, name="easy"),
    path("codesign/<str:public_id>/sheet.pdf", easy.sheet, name="sheet"),
    path("codesign/<str:public_id>/votes/<str:vote>/", voting.vote, name="vote"),
]
OFFICE: list[URLPattern] = [
    path(f"{OF_PROCESS}/clusters/", clusters.clusters, name="office_clusters"),
    path(f"{OF_PROCESS}/clusters/new/", clusters.new, name="office_cluster_new"),
    path(f"{OF_PROCESS}/clusters/move/", clusters.move, name="office_insight_move"),
    path(f"{OF_PROCESS}/clusters/<str:cluster>/", clusters.change, name="office_cluster"),
    path(f"{OF_PROCESS}/quotes/<str:insight>/", clusters.quotes, name="office_quotes"),
    path(f"{OF_PROCESS}/recommendations/", recommendations.table, name="office_recommendations"),
    path(f"{OF_PROCESS}/recommendations/new/", recommendations.new, name="office_recommendation_new"),
    path(f"{ONE}/", recommendations.overview, name="office_recommendation"),
    path(f"{ONE}/edit/", recommendations.edit, name="office_recommendation_edit"),
    path(f"{ONE}/hand-over/", recommendations.hand_over, name="office_recommendation_hand_over"),
    path(f"{ONE}/answer/", recommendations.answer, name="office_answer"),
    path(f"{ONE}/withdraw/", recommendations.withdraw, name="office_recommendation_withdraw"),
    path(f"{ONE}/delete/", recommendations.delete, name="office_recommendation_delete"),
    path(f"{ONE}/seen/", recommendations.seen, name="office_recommendation_seen"),
    path(f"{ONE}/measures/new/", measures.new, name="office_measure_new"),
    path(f"{ONE}/measures/<str:measure>/", measures.change, name="office_measure"),
    path(f"{ONE}/measures/<str:measure>/step/", measures.step, name="office_measure_step"),
    path(f"{OF_PROCESS}/texts/<str:kind>/<str:public_id>/", texts.texts, name="office_texts"),
    path(f"{OF_PROCESS}/texts/<str:kind>/<str:public_id>/<str:language>/", texts.text, name="office_text"),
    path(f"{OF_PROCESS}/box/", office_box.inputs, name="office_box"),
    path(f"{INPUT}/", office_box.received, name="office_input"),
    path(f"{INPUT}/audio", office_box.audio, name="office_box_audio"),
    path(f"{INPUT}/reply/", office_box.reply, name="office_input_reply"),
    path(f"{INPUT}/take-up/", office_box.take_up, name="office_input_take_up"),
    path(f"{INPUT}/set-aside/", office_box.set_aside, name="office_input_set_aside"),
    path(f"{OF_PROCESS}/votes/", office_voting.votes, name="office_votes"),
    path(f"{OF_PROCESS}/votes/new/", office_voting.new, name="office_vote_new"),
    path(f"{VOTE}/", office_voting.vote, name="office_vote"),
    path(f"{VOTE}/step/", office_voting.step, name="office_vote_step"),
    path(f"{VOTE}/print/", office_voting.print_ballots, name="office_vote_print"),
    path(f"{VOTE}/enter/", office_voting.enter, name="office_vote_enter"),
    path(f"{VOTE}/poster/", office_voting.poster, name="office_vote_poster"),
]
