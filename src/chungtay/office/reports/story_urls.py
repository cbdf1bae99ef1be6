"""Addresses of stories: the article, its fact sheet, the query of one figure, and files of both."""

from django.urls import URLPattern, path

from chungtay.office.reports import story, story_files, story_public

_HERE = "dia-ban/<key:place_id>/bai-viet/"

urlpatterns: list[URLPattern] = [
    path(_HERE, story.story, name="story"),
    path(f"{_HERE}cong-khai/", story_public.publish, name="publish_story"),
    path(f"{_HERE}so-lieu/", story.facts, name="story_facts"),
    path(f"{_HERE}so-lieu/<slug:fact>/", story.fact_query, name="story_fact"),
    path(f"{_HERE}bai.<slug:article_form>", story_files.article_file, name="story_file"),
    path(f"{_HERE}so-lieu.<slug:sheet_form>", story_files.sheet_file, name="story_facts_file"),
]
