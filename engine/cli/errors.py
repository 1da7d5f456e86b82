"""Every way a command can end, turned into one readable message and an exit code. No traceback ever."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence

import click

from engine.cli import exits
from engine.cli.base import SpareWords, UnknownCommand, WrongWords
from engine.messages import Lang, known, text
from engine.nearest import nearest


def guarded(action: Callable[[], object], lang: Lang) -> int:
    """Run ``action`` and return the exit code, after printing what went wrong on standard error."""
    try:
        result = action()
        sys.stdout.flush()
        return result if isinstance(result, int) else exits.DONE
    except exits.Finished as finished:
        return _flushed(finished.code)
    except exits.CommandError as error:
        return _say(*_words(error, lang), lang, error.code)
    except exits.CommandErrors as several:
        return _say_all([_words(each, lang) for each in several.errors], lang, several.errors[0].code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return exits.WRONG_USE
    except WrongWords as error:
        return _say_all([usage_message(wrong, lang) for wrong in error.errors], lang, exits.WRONG_USE)
    except click.ClickException as error:
        message, help_line = usage_message(error, lang)
        return _say(message, help_line, lang, exits.WRONG_USE)
    except (KeyboardInterrupt, click.Abort):
        click.echo(text("cli.interrupted", lang), err=True)
        return exits.INTERRUPTED
    except BrokenPipeError:
        return _quiet_pipe()
    except Exception as error:
        if os.environ.get("PLUMBLINE_DEBUG"):
            raise
        from engine.inference.preparation import PrepareError

        if isinstance(error, PrepareError):
            said = text(f"error.{error.key}", lang, **error.params)
            help_key = f"help.{error.key}"
            help_line = text(help_key, lang, **error.params) if known(help_key) else None
            return _say(said, help_line, lang, exits.WRONG_USE)
        from engine.ledger.errors import LedgerError

        if isinstance(error, LedgerError):
            help_key = f"{error.key}-help"
            help_line = text(help_key, lang, **error.params) if known(help_key) else None
            return _say(text(error.key, lang, **error.params), help_line, lang, exits.WRONG_USE)
        if isinstance(error, OSError) and error.filename is not None:
            message = text("cli.os-error", lang, file=error.filename, reason=error.strerror)
            return _say(message, None, lang, exits.WRONG_USE)
        message = text(
            "cli.internal", lang, kind=type(error).__name__, place=_place(error), detail=_detail(error)
        )
        return _say(message, text("cli.internal-help", lang), lang, exits.INTERNAL)


def usage_message(error: click.ClickException, lang: Lang) -> tuple[str, str | None]:
    """What a usage error says and the line of help below it."""
    ctx = getattr(error, "ctx", None)
    hint = text("cli.see-help", lang, command=ctx.command_path) if ctx is not None else None
    if isinstance(error, UnknownCommand):
        return _with_guess("cli.no-such-command", error.name, error.names, lang), hint
    if isinstance(error, SpareWords):
        words = ", ".join(f"`{word}`" for word in error.words)
        return text("cli.spare-words", lang, words=words), hint
    if isinstance(error, click.MissingParameter):
        missing = text("cli.missing", lang, name=_parameter_name(error))
        return missing, _example(ctx, error, lang) or hint
    if isinstance(error, click.NoSuchOption):
        return _with_guess("cli.no-such-option", error.option_name, error.possibilities or (), lang), hint
    if isinstance(error, click.BadParameter) and error.param is not None:
        key = f"cli.form.{error.param.name}"
        return _bad_value(error, lang), text(key, lang) if known(key) else hint
    if isinstance(error, click.BadOptionUsage):
        return text("cli.option-needs-value", lang, name=error.option_name), hint
    return error.format_message(), hint


def _example(ctx: click.Context | None, error: click.MissingParameter, lang: Lang) -> str | None:
    """How what is missing is written, for this command if it has its own way."""
    param = "" if error.param is None else str(error.param.name)
    command = "" if ctx is None else ctx.info_name
    of_command = f"cli.{command}-form" if param == "words" else f"cli.example.{command}-{param}"
    key = of_command if known(of_command) else f"cli.example.{param}"
    return text(key, lang, command=command) if known(key) else None


def _bad_value(error: click.BadParameter, lang: Lang) -> str:
    assert error.param is not None
    if isinstance(error.param.type, click.Choice):
        choices = ", ".join(f"`{choice}`" for choice in error.param.type.choices)
        return text("cli.not-a-choice", lang, name=_parameter_name(error), choices=choices)
    if isinstance(error.param.type, click.IntRange):
        return text("cli.not-so-many", lang, name=_parameter_name(error), least=error.param.type.min)
    if isinstance(error.param.type, click.Path):
        return text("cli.not-a-folder", lang, name=_parameter_name(error))
    return text("cli.bad-value", lang, name=_parameter_name(error), reason=error.message)


def _parameter_name(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.human_readable_name if param is not None else ""


def _with_guess(key: str, found: str, known_names: Sequence[str], lang: Lang) -> str:
    # The dashes that all options have in common say nothing about which is near.
    bare = {name.lstrip("-"): name for name in known_names}
    near = nearest(found.lstrip("-"), bare)
    guess = None if near is None else bare[near]
    if guess is None:
        return text(key, lang, found=found)
    return text(f"{key}-near", lang, found=found, nearest=guess)


def _words(error: exits.CommandError, lang: Lang) -> tuple[str, str | None]:
    help_line = text(error.help_key, lang, **error.params) if error.help_key is not None else None
    return text(error.key, lang, **error.params), help_line


def _say_all(errors: Sequence[tuple[str, str | None]], lang: Lang, code: int) -> int:
    """Each error; a help that the next one has too is said once, below both."""
    below = [*(help_line for _, help_line in errors[1:]), None]
    for (message, help_line), next_help in zip(errors, below, strict=True):
        _say(message, None if help_line == next_help else help_line, lang, code)
    return code


def _say(message: str, help_line: str | None, lang: Lang, code: int) -> int:
    _flushed(code)
    click.echo(f"{text('label.error', lang)}: {message}", err=True)
    if help_line is not None:
        click.echo(f"  {text('label.help', lang)}: {help_line}", err=True)
    return code


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _quiet_pipe()
    return code


def _quiet_pipe() -> int:
    """The reader of our output has gone; what is still buffered must not be written when Python exits."""
    with contextlib.suppress(OSError, ValueError):  # a stream without a descriptor has nothing to silence
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return exits.DONE


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    name = os.path.basename(trace.tb_frame.f_code.co_filename)
    return f"{name}:{trace.tb_lineno}"


def _detail(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]
