from django.urls import URLPattern, path

from concivis.exchange.office import batch, batches

app_name = "exchange"

urlpatterns: list[URLPattern] = [
    path("office/<slug:slug>/imports/", batches.imports, name="imports"),
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
