"""The tree of errors in the docstring and the classes agree, and every error is a builtin too."""

import builtins
import inspect
import re

import pytest

from answerable import errors

CLASSES = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, errors.AnswerableError)
]


def tree_of_classes() -> set[tuple[str, str, str]]:
    return {
        (each.__name__, each.__bases__[0].__name__, each.__bases__[1].__name__)
        for each in CLASSES
        if len(each.__bases__) == 2
    }


def tree_of_docstring() -> set[tuple[str, str, str]]:
    found = set()
    parents: dict[int, str] = {}
    for indent, name, builtin in re.findall(
        r"^( *)- (\w+)(?: \((\w+)\))?$", errors.__doc__ or "", re.MULTILINE
    ):
        parents[len(indent)] = name
        if builtin:
            parent = parents[max(level for level in parents if level < len(indent))]
            found.add((name, parent, builtin))
    return found


def test_the_docstring_tells_the_tree() -> None:
    assert tree_of_docstring() == tree_of_classes()


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_an_error_that_is_raised_is_a_builtin_too(error: type) -> None:
    leaf = not any(issubclass(other, error) and other is not error for other in CLASSES)
    builtin = [base for base in error.__mro__ if hasattr(builtins, base.__name__)]
    assert not leaf or builtin[0] is not Exception
    assert error.__doc__


def test_a_changed_list_keeps_its_parts() -> None:
    error = errors.ListChanged("my_list", 12, (120, 280))
    assert (error.list_id, error.found, error.expected) == ("my_list", 12, (120, 280))
    assert "12" in str(error)
    assert "120 and 280" in str(error)
    assert isinstance(error, ValueError)
