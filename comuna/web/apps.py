from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "comuna.web"
    label = "web"

    def ready(self) -> None:
        from django.conf import settings

        from comuna.acts import authority, finding
        from comuna.assemblies import found as assemblies
        from comuna.elections import found as elections
        from comuna.journal import home
        from comuna.mandates.authority import Mandates
        from comuna.processes import found as processes

        home.use(settings.COMUNA_HOME)
        authority.plug(Mandates())
        finding.plug(
            assemblies.SESSIONS,
            assemblies.MOTIONS,
            assemblies.STATEMENTS,
            assemblies.PAST_SESSIONS,
            assemblies.PAST_MOTIONS,
            elections.ELECTIONS,
            elections.RECALLS,
            processes.PROCESSES,
        )
