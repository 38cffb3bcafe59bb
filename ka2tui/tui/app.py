"""The app with its pages: the one place that knows all of them."""

from __future__ import annotations

import asyncio
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.refusal import Refused
from ka2tui.tui.desk import ProjectChoice, Standing
from ka2tui.tui.elsewhere import Elsewhere
from ka2tui.tui.finder import Finder
from ka2tui.tui.lazy import lazily, resolve
from ka2tui.tui.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from textual.screen import Screen

    from ka2tui.domain.search import Entry, Hit
    from ka2tui.domain.understood import Understood
    from ka2tui.queries import checklists, elsewhere, history, names, projects
    from ka2tui.queries.history import Step, Steps
    from ka2tui.queries.names import Named
    from ka2tui.settings import Settings
    from ka2tui.store.portfolio import Portfolio
    from ka2tui.tui.widgets.details import Details
else:
    checklists = lazily("ka2tui.queries.checklists")
    elsewhere = lazily("ka2tui.queries.elsewhere")
    history = lazily("ka2tui.queries.history")
    names = lazily("ka2tui.queries.names")
    projects = lazily("ka2tui.queries.projects")


def _today() -> Screen[Any]:
    from ka2tui.tui.pages.today import TodayPage

    return TodayPage()


def _lifecycle() -> Screen[Any]:
    from ka2tui.tui.pages.lifecycle import LifecyclePage

    return LifecyclePage()


def _tasks() -> Screen[Any]:
    from ka2tui.tui.pages.tasks import TasksPage

    return TasksPage()


def _meetings() -> Screen[Any]:
    from ka2tui.tui.pages.meetings import MeetingsPage

    return MeetingsPage()


def _participants() -> Screen[Any]:
    from ka2tui.tui.pages.participants import ParticipantsPage

    return ParticipantsPage()


def _checklists() -> Screen[Any]:
    from ka2tui.tui.pages.checklists import ChecklistsPage

    return ChecklistsPage()


def _partners() -> Screen[Any]:
    from ka2tui.tui.pages.partners import PartnersPage

    return PartnersPage()


def _candidates() -> Screen[Any]:
    from ka2tui.tui.pages.candidates import CandidatesPage

    return CandidatesPage()


def _goal() -> Screen[Any]:
    from ka2tui.tui.pages.goal import GoalPage

    return GoalPage()


def _work_plan() -> Screen[Any]:
    from ka2tui.tui.pages.work_plan import WorkPlanPage

    return WorkPlanPage()


def _money() -> Screen[Any]:
    from ka2tui.tui.pages.money import MoneyPage

    return MoneyPage()


def _payments() -> Screen[Any]:
    from ka2tui.tui.pages.payments import PaymentsPage

    return PaymentsPage()


def _accounts() -> Screen[Any]:
    from ka2tui.tui.pages.accounts import AccountsPage

    return AccountsPage()


def _earnings() -> Screen[Any]:
    from ka2tui.tui.pages.earnings import EarningsPage

    return EarningsPage()


def _costs() -> Screen[Any]:
    from ka2tui.tui.pages.costs import CostsPage

    return CostsPage()


def _journeys() -> Screen[Any]:
    from ka2tui.tui.pages.journeys import JourneysPage

    return JourneysPage()


def _indicators() -> Screen[Any]:
    from ka2tui.tui.pages.indicators import IndicatorsPage

    return IndicatorsPage()


def _dissemination() -> Screen[Any]:
    from ka2tui.tui.pages.dissemination import DisseminationPage

    return DisseminationPage()


def _asked() -> Screen[Any]:
    from ka2tui.tui.pages.asked import AskedPage

    return AskedPage()


def _proofs() -> Screen[Any]:
    from ka2tui.tui.pages.proofs import ProofsPage

    return ProofsPage()


def _register() -> Screen[Any]:
    from ka2tui.tui.pages.register import RegisterPage

    return RegisterPage()


def _letters() -> Screen[Any]:
    from ka2tui.tui.pages.letters import LettersPage

    return LettersPage()


def _application() -> Screen[Any]:
    from ka2tui.tui.pages.application import ApplicationPage

    return ApplicationPage()


def _reports() -> Screen[Any]:
    from ka2tui.tui.pages.reports import ReportsPage

    return ReportsPage()


def _history() -> Screen[Any]:
    from ka2tui.tui.pages.history import HistoryPage

    return HistoryPage()


def _projects() -> Screen[Any]:
    from ka2tui.tui.pages.projects import ProjectsPage

    return ProjectsPage()


def _rules() -> Screen[Any]:
    from ka2tui.tui.pages.rules import RulesPage

    return RulesPage()


def _score() -> Screen[Any]:
    from ka2tui.tui.pages.score import ScorePage

    return ScorePage()


def _settings() -> Screen[Any]:
    from ka2tui.tui.pages.settings import SettingsPage

    return SettingsPage()


def _problems() -> Screen[Any]:
    from ka2tui.tui.pages.problems import ProblemsPage

    return ProblemsPage()


def _welcome() -> Screen[Any]:
    from ka2tui.tui.pages.welcome import WelcomePage

    return WelcomePage()


PLACES = (
    Place("today", "Today", "1", "d", "what is late, what is due, what comes next"),
    Place("lifecycle", "Lifecycle", "2", "l", "the six phases, and what is open before you go on"),
    Place("tasks", "Tasks", "3", "t", "everything to do, as a list or a tree"),
    Place("meetings", "Meetings", "4", "m", "agenda, attendance, minutes and what came of them"),
    Place("checklists", "Checklists", "5", "c", "own estimates of how ready the project is"),
    Place("partners", "Partners", "6", "p", "what each owes, its papers, when it was heard from"),
    Place("work_plan", "Work plan", "7", "w", "who leads what until when, and how far it is"),
    Place("reports", "Reports", "8", "r", "what can be handed out"),
    Place("history", "History", "9", "h", "who changed what and when"),
    Place("projects", "Projects", "0", "o", "all of them side by side, and how each does"),
    Place("participants", "Participants", "", "a", "who took part in events, counted once"),
    Place("money", "Money", "", "y", "the grant divided, payments, what is earned, costs, travel"),
    Place("indicators", "Indicators", "", "i", "how far each number has come, and where it leads"),
    Place(
        *("dissemination", "Dissemination", "", "n"),
        "what was done and is planned to spread the word",
    ),
    Place("asked", "What will an auditor ask?", "", "v", "the proof of the work: there, missing"),
    Place("register", "Risks & logs", "", "k", "risks, issues, decisions and changes"),
    Place("letters", "Letters", "", "e", "with the agency and others, and what to answer"),
    Place("application", "Promised and now", "", "f", "what departs from the application, and why"),
    Place("problems", "Problems", "", "x", "what an assessor or an auditor would find, and why"),
    Place(
        *("candidates", "Finding partners", "", "b"),
        "who may join, who was asked, and what the consortium still lacks",
    ),
    Place("goal", "Goal", "", "j", "needs, objectives, and what serves them; priorities"),
    Place("score", "Score", "", "z", "what report and application would be given, own estimate"),
    Place("rules", "Rules of the call", "", "u", "what it asks, and what your agreement says"),
    Place("settings", "Settings", "", "s", "your name, colours, keys, clock and folders"),
)


class Ka2tui(Finder):
    """The desk with its pages."""

    FIRST: ClassVar[str] = "today"
    """The page that one begins with."""

    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "today": _today,
        "lifecycle": _lifecycle,
        "tasks": _tasks,
        "meetings": _meetings,
        "participants": _participants,
        "checklists": _checklists,
        "partners": _partners,
        "candidates": _candidates,
        "goal": _goal,
        "work_plan": _work_plan,
        "register": _register,
        "letters": _letters,
        "indicators": _indicators,
        "dissemination": _dissemination,
        "asked": _asked,
        "proofs": _proofs,
        "application": _application,
        "reports": _reports,
        "history": _history,
        "projects": _projects,
        "money": _money,
        "payments": _payments,
        "accounts": _accounts,
        "earnings": _earnings,
        "costs": _costs,
        "journeys": _journeys,
        "problems": _problems,
        "score": _score,
        "rules": _rules,
        "settings": _settings,
        "welcome": _welcome,
    }

    PLACES = PLACES

    WELCOME: ClassVar[str] = "welcome"

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(place.digit, f"go('{place.mode}')", place.title, show=False,
                  id=f"go.{place.mode}", tooltip=f"{place.title}: {place.about}")
          for place in PLACES if place.digit),
        Binding("ctrl+n", "go('welcome')", "New project", show=False, id="go.welcome",
                tooltip="Begin another project, import one, or look at the example"),
        Binding("f2", "fit", "which action?", show=False, id="app.fit",
                tooltip="A few questions tell whether an idea is KA1 or KA2, and which action"),
        Binding("ctrl+o", "choose_project", "Projects", show=False, id="app.project",
                tooltip="Show another project of this database"),
    ]  # fmt: skip

    @property
    def first_page(self) -> str:
        """The page that one begins with."""
        wanted = self.settings.first_page
        return wanted if wanted in self.MODES else self.FIRST

    def get_default_screen(self) -> Screen[Any]:
        """Begin with a frame that is there at once."""
        from ka2tui.tui.pages.opening import OpeningPage

        return OpeningPage()

    async def furnish(self) -> None:
        """Put the first page into the frame, unless somebody has gone to another one meanwhile."""
        first = self.first_page
        await asyncio.to_thread(import_module, f"ka2tui.tui.pages.{first}")
        if self.current_mode not in self.MODES:
            self.switch_mode(first)

    def page_stands(self) -> None:
        """Let the database be opened: loading its library would slow the making of a page."""
        if self.current_mode in self.MODES:
            self._clerk.release()

    async def projects(self) -> list[ProjectChoice]:
        """List the projects of the database."""
        return [
            ProjectChoice(it.id, it.acronym, it.title) for it in await self.ask(projects.choices)
        ]

    async def resolve_project(self, code: str) -> int | None:
        """Find a project by id, acronym or agreement number."""
        return await self.ask(projects.find, code)

    async def read_standing(self) -> Standing | None:
        """Read what the headline says."""
        if self.project is None:
            return None
        seen = await self.ask(projects.standing, self.project, self.today)
        return None if seen is None else Standing(seen.acronym, seen.facts)

    async def read_elsewhere(self, since: int, own: Sequence[int]) -> Elsewhere:
        """Read what others changed."""
        news = await self.ask(elsewhere.since, since, own, self.project)
        return Elsewhere(news.said, news.actors, news.count, news.project, news.touched)

    async def named(self, words: str) -> list[Named]:
        """List the records of the project with these words in their names."""
        return [] if self.project is None else await self.ask(names.having, self.project, words)

    async def open_named(self, named: Named) -> None:
        """Go to a task, to a meeting, to a partner, or to its place in the work plan."""
        from ka2tui.tui import going

        # parts of the work are called what they are: work package, activity, budget heading
        if not going.to(self, named.kind, named.id):
            going.to(self, "work_unit", named.id)

    async def open_hit(self, hit: Hit) -> None:
        """Go to what was found: to its row, its line, or the page it is a part of."""
        if hit.entry.project != self.project:
            await self.switch_project(hit.entry.project)
        self.go_to(hit.entry)

    async def show_behind(
        self, project: int, sources: Sequence[str], about: tuple[str, int | None] | None
    ) -> None:
        """Show the rows behind a figure, and go to the one that is chosen."""
        from ka2tui.tui.dialogs import behind

        entry = await behind.ask(self, project, sources, about)
        if entry is not None:
            if entry.project != self.project:
                await self.switch_project(entry.project)
            self.go_to(entry)

    def go_to(self, entry: Entry) -> None:
        """Go to a record: to its row, its line, or the page it is a part of."""
        from ka2tui.tui import going

        going.go(self, entry)

    async def open_assessment(self, assessment: int, *, code: str = "") -> None:
        """Open an assessment, at the item of this code."""
        from ka2tui.tui.pages.assessment import AssessmentPage

        await self.push_screen(AssessmentPage(assessment, code=code))

    async def open_comparison(
        self, assessments: Sequence[int], code: str | None = None, older: Sequence[int] = ()
    ) -> None:
        """Open assessments beside each other, at the item of this code."""
        from ka2tui.tui.pages.comparison import ComparisonPage

        await self.push_screen(ComparisonPage(assessments, code, older))

    def on_details_jumped(self, message: Details.Jumped) -> None:
        """Go to what a line of some details is about."""
        from ka2tui.tui import going

        kind, key = message.target
        if kind == "history":
            self.open_record("history", key)
        elif kind == "answer":
            self._open_answer(key)
        else:
            going.to(self, kind, key)

    @work
    async def _open_answer(self, answer: int) -> None:
        """Open an assessment at one of its items."""
        from ka2tui.tui.pages.assessment import AssessmentPage

        try:
            assessment = await self.ask(checklists.of_item, answer)
        except Refused as refusal:
            self.tell(str(refusal), severity="warning")
            return
        await self.push_screen(AssessmentPage(assessment, answer))

    async def fill_in(self, project: int, said: Understood) -> int | None:
        """Complete a captured task in the form of the page of tasks."""
        from ka2tui.tui.pages import task_verbs

        return await task_verbs.add(self, project, said=said)

    @work
    async def action_fit(self) -> None:
        """Ask which action fits an idea, and begin a project of it."""
        from ka2tui.tui.pages import new_project

        await new_project.find_action(self)

    async def read_steps(self) -> Steps | None:
        """Read what undo and redo would do."""
        return await self.ask(history.steps, self.project, self.actor)

    def look_at_step(self, portfolio: Portfolio, way: str, project: int | None) -> Step | None:
        """Look what undo or redo would take back."""
        look: Callable[..., Step | None] = resolve(history.step)
        return portfolio.ask(look, way, project, portfolio.actor)

    def action_go(self, mode: str) -> None:
        """Go to a page; to the welcome in the place of the first while there is no project."""
        super().action_go(self._begun(mode))

    def action_back(self) -> None:  # type: ignore[override]
        """Go back; to the welcome in the place of the first page while there is no project."""
        self.visited[-1:] = [self._begun(mode) for mode in self.visited[-1:]]
        if self.visited[-1:] == [self.current_mode]:
            self.visited.pop()
        super().action_back()

    def _begun(self, mode: str) -> str:
        """Give the page that stands for another one at this moment."""
        lost = self.opened.is_set() and self.project is None
        return "welcome" if lost and mode == self.first_page else mode

    async def without_project(self) -> None:
        """Welcome whoever has no project yet."""
        self.switch_mode("welcome")

    async def with_project(self) -> None:
        """Leave the welcome for the first project there is, unless a form is being filled in."""
        if self.current_mode == "welcome" and not self.screen.is_modal:
            self.switch_mode(self.first_page)


def run_app(
    open_portfolio: Callable[[], Portfolio],
    *,
    today: date,
    now: Callable[[], datetime],
    settings: Settings | None = None,
    project: int | str | None = None,
    notice: str | None = None,
    place: str | None = None,
    follows_clock: bool = False,
) -> int:
    """Run the app in this terminal until it is left.

    Returns:
        The exit code: 0, or 1 where the app itself failed.
    """
    app = Ka2tui(
        open_portfolio,
        today=today,
        now=now,
        settings=settings,
        project=project,
        notice=notice,
        place=place,
        follows_clock=follows_clock,
    )
    # whoever lets a program press the keys explains none to it
    if os.environ.get("KA2TUI_FIRST_DAYS") != "off":
        from ka2tui.tui.first_days import FirstDays, file

        app.first_days = FirstDays(file(), today)
    app.run()
    return app.return_code or 0
