"""What is wrong with a body, in plain words."""

from pydantic import ValidationError


def complaint(error: ValidationError) -> tuple[str, str | None]:
    """(message, field) of the first thing that is wrong; the field is None when it is the whole body."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or None
    name = " ".join(part for part in first["loc"] if isinstance(part, str)) or "The body"
    return f"{name.replace('_', ' ').capitalize()}: {words_of(first)}.", field


def words_of(problem: dict) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not known here"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "must be an object"
        case "string_too_long":
            return f"has more than {context['max_length']:,} characters"
        case "string_too_short":
            return "is empty" if context["min_length"] == 1 else f"needs at least {context['min_length']} characters"
        case "string_pattern_mismatch":
            return "does not look right"
        case "greater_than_equal":
            return f"must be at least {context['ge']:,}"
        case "less_than_equal":
            return f"must be at most {context['le']:,}"
        case "int_type" | "int_from_float":
            return "must be a whole number"
        case "float_type" | "finite_number":
            return "must be a number"
        case "string_type":
            return "must be text"
        case "bool_type":
            return "must be true or false"
        case "list_type":
            return "must be a list"
        case "literal_error":
            return f"must be {context['expected']}"
        case "too_long":
            return f"has more than {context['max_length']:,} entries"
        case "too_short":
            return "is empty"
        case "value_error":
            return str(context["error"])
        case _:
            return problem["msg"].replace("Input should", "should", 1)
