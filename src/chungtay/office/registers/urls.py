from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("chungtay.office.registers.amenities_urls")),
    path("", include("chungtay.office.registers.livelihood_urls")),
]
