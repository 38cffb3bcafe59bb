"""Which action an idea fits: many combinations of answers, and a file with mistakes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from ka2tui import datafiles
from ka2tui.domain import fit, fit_questions, rulebook
from ka2tui.domain.entries import Malformed
from ka2tui.domain.fit import Ranked, Standing, Verdict
from ka2tui.domain.fit_questions import Guidance
from ka2tui.domain.refusal import Misread

if TYPE_CHECKING:
    from pathlib import Path

CALL = 2027


@pytest.fixture(scope="module")
def guidance() -> Guidance:
    return fit_questions.load()


def judged(said: str, call_year: int = CALL) -> Verdict:
    known = fit_questions.load()
    rules = fit.rules_in(rulebook.load(), call_year)
    return fit.judge(known, fit_questions.read_answers(known, said.split()), rules, call_year)


def best(said: str) -> Ranked:
    found = judged(said).best
    assert found is not None
    return found


def of(verdict: Verdict, route: str) -> Ranked:
    return next(it for it in verdict.ranked if it.route.id == route)


IDEAS = """
exchange  school  two    two    small                              KA210-SCH
exchange  adult   three  three  small                              KA210-ADU
exchange  youth   two    two    small                              KA210-YOU
exchange  sport   two    two    small                              SSCP
results   vet     three  three  medium                             KA220-VET
results   higher  six    four   medium                             KA220-HED
results   sport   three  three  medium                             SCP
both      school  three  three  medium                             KA220-SCH
results   youth   six    four   medium  makeup=ngo                 PCOOP-ENGO
results   school  six    two    medium  makeup=schools             KA240-SCH
results   vet     eight  four   large   makeup=excellence          COVE
results   school  six    four   large   makeup=teacher_education   TEACH-ACA
results   higher  eight  four   large   makeup=alliance            ALLIANCES-1
results   higher  eight  four   large   makeup=blueprint           ALLIANCES-1
results   vet     twelve eight  large   makeup=blueprint           ALLIANCES-2
results   higher  six    three  small   elsewhere=benefit          CBHE-1
results   higher  six    three  medium  elsewhere=benefit          CBHE-2
results   higher  eight  three  large   elsewhere=benefit makeup=ministry  CBHE-3
results   vet     six    three  medium  elsewhere=benefit          CB-VET
exchange  youth   six    three  medium  elsewhere=benefit          CB-YOUTH
exchange  sport   six    three  medium  elsewhere=benefit          CB-SPORT
"""
"""Aim, field, organisations, countries and size, what else was answered, and the action."""


@pytest.mark.parametrize("line", IDEAS.strip().splitlines())
def test_each_action_is_found_by_the_idea_it_is_for(line: str) -> None:
    *words, action = line.split()
    asked = ("aim", "field", "organisations", "countries", "size")
    said = " ".join([*(f"{it}={word}" for it, word in zip(asked, words, strict=False)), *words[5:]])
    found = best(said)
    assert (found.action, found.standing, found.missing) == (action, Standing.FITS, ())
    assert found.speaks_for


def test_who_only_wants_training_abroad_is_sent_to_ka1_and_told_of_the_mistake() -> None:
    verdict = judged("aim=learning field=school organisations=eight countries=four size=large")
    assert verdict.best is not None
    assert (verdict.best.route.key_action, verdict.best.action) == ("KA1", None)
    assert all(it.standing is Standing.NOT for it in verdict.ranked[1:])
    assert [it.mistake.id for it in verdict.mistakes if it.near] == ["training_only"]
    assert verdict.unanswered == ()


def test_one_question_is_enough_for_ka1(guidance: Guidance) -> None:
    assert [it.id for it in guidance.asked({"aim": "learning"})] == ["aim"]


@pytest.mark.parametrize("aim", ["exchange", "results"])
def test_a_partnership_never_goes_to_ka1(aim: str) -> None:
    assert of(judged(f"aim={aim}"), "ka1").standing is Standing.NOT


def test_small_in_higher_education_is_no_small_scale_partnership() -> None:
    verdict = judged("aim=exchange field=higher organisations=two countries=two size=small")
    small = of(verdict, "ka210")
    assert small.standing is Standing.NOT
    assert small.against[0].text == "There is none in higher education."
    assert small in verdict.turned_down
    assert verdict.best is not None
    assert (verdict.best.action, verdict.best.standing) == ("KA220-HED", Standing.NEAR)
    assert verdict.best.missing == (
        "1 more organisation: at least 3",
        "1 more EU or associated country: at least 3",
    )


def test_what_is_missing_is_counted_by_the_rules_of_the_call() -> None:
    verdict = judged("aim=results field=vet organisations=one countries=one size=medium")
    assert of(verdict, "ka220").missing == (
        "2 more organisations: at least 3",
        "2 more EU or associated countries: at least 3",
    )
    assert of(verdict, "ka210").missing == (
        "1 more organisation: at least 2",
        "1 more EU or associated country: at least 2",
    )


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("countries=none lead=young", "who applies takes part too"),
        ("countries=none elsewhere=no", "they must come from somewhere"),
        ("elsewhere=no lead=outside", "who applies takes part too"),
        ("organisations=two countries=three", "each country needs an organisation"),
        ("organisations=two countries=two elsewhere=benefit", "from the 2 countries counted"),
        ("organisations=three countries=none lead=outside elsewhere=benefit", ""),
        ("organisations=one countries=three elsewhere=contribute", ""),
        ("organisations=three countries=three elsewhere=benefit lead=outside", ""),
        ("countries=none lead=informal field=youth", ""),
    ],
)
def test_two_answers_that_exclude_each_other_are_named(said: str, named: str) -> None:
    verdict = judged(f"aim=results {said}")
    if named:
        (clash,) = verdict.clashes
        assert "exclude each other" in clash
        assert named in clash
        assert not verdict.sure
    else:
        assert verdict.clashes == ()


def test_a_rough_number_that_may_be_too_small_is_to_be_looked_at() -> None:
    found = best(
        "aim=results field=higher organisations=three countries=two size=small elsewhere=benefit"
    )
    assert found.action == "CBHE-1"
    assert "Count the organisations: at least 4." in found.checks


def test_partners_elsewhere_are_kept_out_of_a_small_partnership_and_justified_in_a_larger() -> None:
    verdict = judged(
        "aim=exchange field=adult organisations=three countries=three elsewhere=contribute"
    )
    assert of(verdict, "ka210").missing == ("a consortium of EU and associated countries alone",)
    assert of(verdict, "ka220").missing == ()
    assert any("struck out at evaluation" in it for it in of(verdict, "ka220").checks)


def test_a_young_organisation_needs_another_to_apply_for_a_cooperation_partnership() -> None:
    said = "aim=results field=adult organisations=three countries=three size=medium lead=young"
    verdict = judged(said)
    assert [it for it in of(verdict, "ka220").missing if "2 years before" in it]
    assert of(verdict, "ka210").missing == ()


def test_an_organisation_elsewhere_applies_for_no_partnership_but_for_capacity_building() -> None:
    said = "aim=results field=higher organisations=six countries=three lead=outside elsewhere="
    assert of(judged(f"{said}contribute"), "ka220").missing == (
        "an organisation in the EU or an associated country that applies",
    )
    capacity = of(judged(f"{said}benefit size=medium"), "cbhe-2")
    assert capacity.missing == ()
    assert any("may apply" in it for it in capacity.checks)


def test_an_informal_group_takes_no_part_in_a_cooperation_partnership() -> None:
    verdict = judged("aim=results field=youth organisations=three countries=three lead=informal")
    assert of(verdict, "ka220").standing is Standing.NOT
    assert verdict.best is not None
    assert verdict.best.action == "KA210-YOU"
    assert any("informal group" in it for it in verdict.best.checks)


def test_a_special_consortium_is_asked_for_where_nobody_said_what_it_is() -> None:
    verdict = judged("aim=results field=school organisations=six countries=two size=medium")
    school = of(verdict, "ka240")
    assert school.standing is Standing.NEAR
    assert any("school authority" in it for it in school.missing)
    verdict = judged("aim=results field=school organisations=six countries=two makeup=none")
    assert of(verdict, "ka240").standing is Standing.NOT


def test_school_development_begins_with_the_call_of_2026() -> None:
    said = "aim=exchange field=school organisations=six countries=two makeup=schools size=medium"
    older = of(judged(said, 2025), "ka240")
    assert older.standing is Standing.NOT
    assert older.against[0].text == "The first call that has it is 2026."


def test_who_follows_the_money_is_warned() -> None:
    verdict = judged("aim=results field=vet organisations=three countries=three size=money")
    near = [it.mistake.id for it in verdict.mistakes if it.near]
    assert near == ["workload", "by_money"]
    assert [it.near for it in verdict.mistakes] == [True, True, False, False]


def test_nothing_is_told_before_anything_is_known() -> None:
    assert judged("").best is None
    assert judged("field=school").best is None


def test_an_idea_between_two_actions_is_told_as_such() -> None:
    verdict = judged("aim=exchange field=school organisations=three countries=three")
    assert not verdict.sure
    assert verdict.best is not None
    assert {it.action for it in (verdict.best, *verdict.rivals)} == {"KA210-SCH", "KA220-SCH"}
    assert "size" in [it.id for it in verdict.unanswered]


def test_what_nobody_has_spoken_of_is_no_rival() -> None:
    verdict = judged("aim=exchange field=higher organisations=two size=small")
    assert verdict.best is not None
    assert (verdict.best.action, verdict.rivals) == ("KA220-HED", ())
    assert "CBHE-1" in [it.action for it in verdict.others]


def test_amounts_and_minima_are_those_of_the_rules() -> None:
    found = best("aim=exchange field=school organisations=two countries=two size=small")
    told = {it.label: it.text for it in found.facts}
    assert told["organisations"] == "at least 2"
    assert told["countries"] == "at least 2 EU or associated countries"
    assert told["months"] == "6 to 24"
    assert told["grant"] == "€ 30 000 or € 60 000"
    assert all(it.source for it in found.facts)


def test_rules_of_another_call_are_said_to_be_so() -> None:
    found = best("aim=results field=vet organisations=three countries=three size=medium")
    assert found.rules_year is not None
    assert found.rules_year != CALL
    verdict = judged("aim=results field=vet organisations=three countries=three size=medium", 2025)
    assert verdict.best is not None
    assert verdict.best.rules_year == 2025


def test_there_are_eight_questions_at_most_whatever_is_answered(guidance: Guidance) -> None:
    assert len(guidance.questions) <= 8


def test_every_combination_gives_a_result_that_the_rules_allow(guidance: Guidance) -> None:
    chance = random.Random(2026)
    rules = fit.rules_in(rulebook.load(), CALL)
    seen: set[str] = set()
    for _ in range(800):
        said: dict[str, str] = {}
        while open_ := [it for it in guidance.unanswered(said) if it.id not in said]:
            said[open_[0].id] = chance.choice(open_[0].offered(said)).id
        verdict = fit.judge(guidance, said, rules, CALL)
        assert verdict.best is not None, said
        route = verdict.best.route
        assert not route.fields or said["field"] in route.fields, said
        assert (said["aim"] == "learning") == (route.id == "ka1") or said["aim"] == "both", said
        if verdict.best.standing is Standing.FITS and route.rules is not None:
            asked = rules(verdict.best.route.rules_for(said) or "")
            answer = guidance.answer(said, "organisations")
            assert answer is not None
            assert answer.organisations is not None
            if asked is not None:
                least = asked.number("minimum_organisations") or 0
                assert answer.organisations.most >= least, said
        seen.add(route.id)
    assert {"ka1", "ka210", "ka220", "cbhe-1", "cbhe-2", "cbhe-3", "cove"} <= seen


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ("field", "QUESTION=ANSWER"),
        ("feild=school", "did you mean field?"),
        ("field=schol", "did you mean school?"),
        ("field=[red]", "it is one of school, vet"),
        ("makeup=ministry field=school", "not for the field school"),
        ("field=vet field=school", "answered twice"),
    ],
)
def test_an_answer_that_is_none_is_refused_in_words(
    pair: str, told: str, guidance: Guidance
) -> None:
    with pytest.raises(Misread, match=told.replace("?", r"\?").replace("[", r"\[")):
        fit_questions.read_answers(guidance, pair.split())


def test_every_source_is_known(guidance: Guidance) -> None:
    known = datafiles.read_toml("sources.toml")
    named = [
        *(it.source for it in guidance.routes),
        *(it.source for it in guidance.mistakes),
        *(it.source for it in guidance.looks),
    ]
    assert {it for it in named if it is not None} <= set(known)


def test_every_route_but_school_development_has_rules_in_each_of_its_fields(
    guidance: Guidance,
) -> None:
    rules = fit.rules_in(rulebook.load(), 2025)
    fields = [it.id for it in guidance.questions[1].answers]
    for route in guidance.routes:
        for field in route.fields or fields:
            name = route.rules_for({"field": field})
            if name is not None and route.from_call is None:
                assert rules(name) is not None, (route.id, field)
                found = rules(route.action({"field": field}) or "")
                assert found is not None, (route.id, field)
                assert found.rules.id == name


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('routes = ["ka1"], points = 6', 'routes = ["ka9"], points = 6', "no route “ka9”"),
        ("organisations = [1, 1]", "organisations = [3, 1]", "line {line}: organisations"),
        ("organisations = [1, 1]", "organisations = 1", "line {line}"),
        ('lead = "young"', 'lead = "old"', "lead is one of"),
        ('unless = { aim = ["learning"] }', 'unless = { aim = ["flying"] }', "“flying”"),
        ('key_action = "KA1"', 'key_action = "KA7"', "KA1 or KA2"),
        ('question = "makeup"', 'question = "mix"', "no question “mix”"),
        ("points = 6, why", 'points = "six", why', "points is a whole number"),
        ('text = "Sport"', "", "text must be a text"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_place(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    ours = datafiles.read_text("fit.toml")
    assert old in ours
    at = ours[: ours.index(old)].count("\n") + 1
    (tmp_path / "fit.toml").write_text(ours.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Malformed) as refused:
        fit_questions.load(tmp_path)
    said = str(refused.value)
    assert "fit.toml" in said
    where, _, words = told.rpartition("line {line}")
    assert words.lstrip(": ") in said
    assert not where
    if "{line}" in told:
        assert f"line {at}" in said


def test_a_user_may_have_questions_of_their_own(tmp_path: Path) -> None:
    ours = datafiles.read_text("fit.toml").replace("What is the idea?", "Was ist die Idee?")
    (tmp_path / "fit.toml").write_text(ours, encoding="utf-8")
    assert fit_questions.load(tmp_path).questions[0].text == "Was ist die Idee?"


def test_a_file_of_ones_own_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    file, ours = tmp_path / "fit.toml", datafiles.read_text("fit.toml")
    title = fit_questions.load().routes[0].title
    for said in ("One", "Another one"):
        file.write_text(ours.replace(f'title = "{title}"', f'title = "{said}"', 1), "utf-8")
        assert fit_questions.load(tmp_path).routes[0].title == said
