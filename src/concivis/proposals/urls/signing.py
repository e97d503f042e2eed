"""`proposals/<public_id>/sign/`, `proposals/signature/<key>/`, and who has signed."""

from django.urls import URLPattern, path

from concivis.proposals.public import signing

urlpatterns: list[URLPattern] = [
    path("proposals/signature/<str:key>/", signing.signature, name="signature"),
    path("proposals/signature/<str:key>/withdraw/", signing.withdraw, name="withdraw"),
    path("proposals/<str:public_id>/sign/", signing.sign, name="sign"),
    path("proposals/<str:public_id>/sign/sent/", signing.sign_sent, name="sign_sent"),
    path("proposals/<str:public_id>/sign/account/", signing.sign_known, name="sign_known"),
    path("proposals/<str:public_id>/sign/account/withdraw/", signing.withdraw_known, name="withdraw_known"),
    path("proposals/<str:public_id>/signed/", signing.signed, name="signed"),
    path("proposals/<str:public_id>/supporters/", signing.supporters, name="supporters"),
]
