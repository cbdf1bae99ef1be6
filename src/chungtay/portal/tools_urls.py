from django.urls import URLPattern, URLResolver, path

from chungtay.portal import tools

# The rest of an address is that of the page itself, as it stands without its first stroke.
urlpatterns: list[URLPattern | URLResolver] = [
    path("pdf/", tools.pdf, name="home_pdf"),
    path("pdf/<path:page>", tools.pdf, name="page_pdf"),
    path("doc/", tools.listen, name="home_listen"),
    path("doc/<int:number>/", tools.sound, name="home_sound"),
    path("doc/<int:number>/<path:page>", tools.sound, name="page_sound"),
    path("doc/<path:page>", tools.listen, name="page_listen"),
]
