from django.conf import settings

from concivis.site import bodies


def test_a_body_of_any_size_is_refused_before_it_is_read(client):
    heavy = str(bodies.LARGEST_BODY + 1)
    response = client.post("/en/accounts/login/", CONTENT_LENGTH=heavy)
    assert (response.status_code, response["Content-Type"]) == (413, "text/plain; charset=utf-8")


def test_it_is_refused_before_anything_else_looks_into_it():
    assert settings.MIDDLEWARE.index("concivis.site.bodies.refuse_large_bodies") < settings.MIDDLEWARE.index(
        "django.middleware.csrf.CsrfViewMiddleware"
    )
