from django.urls import URLPattern, path

from concivis.exchange.iati import public as iati_public
from concivis.exchange.iati.office import activities as iati
from concivis.exchange.iati.office import files as iati_files
from concivis.exchange.office import batch, batches
from concivis.exchange.proposals.office import files as proposal_files
from concivis.exchange.sheets.office import sheet, sheets
from concivis.exchange.takeout import office as takeout

app_name = "exchange"

urlpatterns: list[URLPattern] = [
    path("office/<slug:slug>/takeout/", takeout.takeouts, name="takeouts"),
    path("office/<slug:slug>/takeout/<str:number>/", takeout.download, name="takeout"),
    path("hubs/<slug:slug>/iati/activities.xml", iati_public.activities, name="iati_activities"),
    path("hubs/<slug:slug>/iati/organisations.xml", iati_public.organisations, name="iati_organisations"),
    path("office/<slug:slug>/iati/", iati.overview, name="iati"),
    path("office/<slug:slug>/iati/publisher/", iati.publisher, name="iati_publisher"),
    path("office/<slug:slug>/iati/files/", iati_files.files, name="iati_files"),
    path("office/<slug:slug>/iati/files/<str:number>/", iati_files.file, name="iati_file"),
    path("office/<slug:slug>/iati/files/<str:number>/apply/", iati_files.apply, name="iati_apply"),
    path("office/<slug:slug>/iati/files/<str:number>/undo/", iati_files.undo, name="iati_undo"),
    path("office/<slug:slug>/iati/files/<str:number>/discard/", iati_files.discard, name="iati_discard"),
    path("office/<slug:slug>/initiatives/<str:public_id>/iati/", iati.facts, name="iati_facts"),
    path("office/<slug:slug>/imports/", batches.imports, name="imports"),
    path("office/<slug:slug>/imports/lists/", sheets.sheets, name="sheets"),
    path("office/<slug:slug>/imports/lists/<str:kind>-template.xlsx", sheets.template, name="sheet_template"),
    path("office/<slug:slug>/imports/lists/<str:kind>.<str:extension>", sheets.export, name="sheet_export"),
    path("office/<slug:slug>/imports/lists/<str:number>/", sheet.sheet, name="sheet"),
    path("office/<slug:slug>/imports/lists/<str:number>/columns/", sheets.columns, name="sheet_columns"),
    path("office/<slug:slug>/imports/lists/<str:number>/progress/", sheet.running, name="sheet_progress"),
    path(
        "office/<slug:slug>/imports/lists/<str:number>/rejected.<str:extension>",
        sheet.rejected,
        name="sheet_rejected",
    ),
    path("office/<slug:slug>/imports/lists/<str:number>/decide/", sheet.decide, name="sheet_decide"),
    path("office/<slug:slug>/imports/lists/<str:number>/choose/", sheet.choose, name="sheet_choose"),
    path("office/<slug:slug>/imports/lists/<str:number>/apply/", sheet.apply, name="sheet_apply"),
    path("office/<slug:slug>/imports/lists/<str:number>/again/", sheet.again, name="sheet_again"),
    path("office/<slug:slug>/imports/lists/<str:number>/undo/", sheet.undo, name="sheet_undo"),
    path("office/<slug:slug>/imports/lists/<str:number>/discard/", sheet.discard, name="sheet_discard"),
    path("office/<slug:slug>/imports/proposals/", proposal_files.files, name="proposal_files"),
    path("office/<slug:slug>/imports/proposals/<str:number>/", proposal_files.file, name="proposal_file"),
    path(
        "office/<slug:slug>/imports/proposals/<str:number>/progress/",
        proposal_files.progress,
        name="proposal_file_progress",
    ),
    path(
        "office/<slug:slug>/imports/proposals/<str:number>/apply/",
        proposal_files.apply,
        name="proposal_file_apply",
    ),
    path(
        "office/<slug:slug>/imports/proposals/<str:number>/again/",
        proposal_files.again,
        name="proposal_file_again",
    ),
    path(
        "office/<slug:slug>/imports/proposals/<str:number>/undo/",
        proposal_files.undo,
        name="proposal_file_undo",
    ),
    path(
        "office/<slug:slug>/imports/proposals/<str:number>/discard/",
        proposal_files.discard,
        name="proposal_file_discard",
    ),
    path("office/<slug:slug>/imports/<str:number>/", batch.batch, name="batch"),
    path("office/<slug:slug>/imports/<str:number>/columns/", batches.columns, name="columns"),
    path("office/<slug:slug>/imports/<str:number>/progress/", batch.running, name="progress"),
    path(
        "office/<slug:slug>/imports/<str:number>/rows.<str:extension>", batch.rows_export, name="rows_export"
    ),
    path("office/<slug:slug>/imports/<str:number>/ends/<int:pk>/", batch.end, name="end"),
    path("office/<slug:slug>/imports/<str:number>/apply/", batch.apply, name="apply"),
    path("office/<slug:slug>/imports/<str:number>/again/", batch.again, name="again"),
    path("office/<slug:slug>/imports/<str:number>/undo/", batch.undo, name="undo"),
    path("office/<slug:slug>/imports/<str:number>/discard/", batch.discard, name="discard"),
]
