using System.Runtime.CompilerServices;
using System.Text;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Printing;

/// <summary>
/// Writes values as Go's fmt does: Sprint, Sprintln and the verbs of Sprintf. It stops where the output grows above its
/// limit; whoever asked looks at <see cref="Excess"/>.
/// </summary>
internal sealed class Printer
{
    private readonly StringBuilder output;
    private readonly int limit;
    private readonly FieldWriter fields;
    private bool isComplaining;

    public Printer(StringBuilder output, int limit)
    {
        this.output = output;
        this.limit = limit;
        fields = new(output);
    }

    /// <summary>Why the output is not complete, or null.</summary>
    public string? Excess { get; private set; }

    /// <summary>Sprint: a space between two values where neither is a string.</summary>
    public void Print(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length && HasRoom(); i++)
        {
            output.Append(i > 0 && !IsText(values[i]) && !IsText(values[i - 1]) ? " " : "");
            Plain(values[i]);
        }
    }

    /// <summary>The same, each value as an action prints it.</summary>
    public void PrintActions(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length && HasRoom(); i++)
        {
            output.Append(i > 0 && !IsText(values[i] ?? "") && !IsText(values[i - 1] ?? "") ? " " : "");
            Action(values[i]);
        }
    }

    private static bool IsText(object? value) => value is string or NamedText;

    public void PrintLine(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length && HasRoom(); i++)
        {
            if (i > 0)
            {
                output.Append(' ');
            }

            Plain(values[i]);
        }

        output.Append('\n');
    }

    public void Format(string format, ReadOnlySpan<object?> values) =>
        new FormatReader(format, values, output, this).Run();

    /// <summary>One value with <c>%v</c> and no flags.</summary>
    public void Plain(object? value)
    {
        if (value is string text)
        {
            output.Append(text);
            return;
        }

        fields.Flags = default;
        Value(value, "v");
    }

    /// <summary>As an action prints: what is not there says so, and a pointer shows what it points to.</summary>
    public void Action(object? value)
    {
        if (value is StructValue { IsPointer: true, Text: null } structure)
        {
            fields.Flags = default;
            Struct(structure, "v", isNested: true);
        }
        else
        {
            Plain(value ?? "<no value>");
        }
    }

    /// <summary>One value with a verb and the flags that were set.</summary>
    public void Value(object? value, Flags flags, string verb)
    {
        fields.Flags = flags;
        Value(value, verb);
    }

    public bool HasRoom()
    {
        if (output.Length > limit)
        {
            Excess ??= $"the text is longer than {limit} characters";
        }

        return Excess is null;
    }

    private void Value(object? value, string verb)
    {
        switch (verb)
        {
            case "v" when value is null:
            case "T" when value is null:
                fields.Pad("<nil>");
                break;
            case "T":
                fields.Text(TypeName(value!));
                break;
            case "p":
                BadVerb(value, verb);
                break;
            default:
                Value(value, verb, isNested: false);
                break;
        }
    }

    private void Value(object? value, string verb, bool isNested)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Excess ??= "a value holds values too deep within each other";
        }

        if (!HasRoom() || (value is GoValue typed && ByMethod(typed, verb)))
        {
            return;
        }

        switch (value)
        {
            // Only Errorf knows %w.
            case not null when verb == "w":
                BadVerb(value, verb);
                break;
            case null when isNested:
                output.Append(fields.Flags.SharpV ? "interface {}(nil)" : "<nil>");
                break;
            case string text:
                Text(text, text, verb);
                break;
            case NamedText named:
                Text(named, named.Value, verb);
                break;
            case long number:
                Integer(value, number, isSigned: true, verb);
                break;
            case IntegerValue number:
                Integer(value, number.Number, number.Type.Kind == GoKind.Signed, verb);
                break;
            case double number:
                Float(number, verb);
                break;
            case bool truth when verb is "t" or "v":
                fields.Bool(truth);
                break;
            case ListValue list:
                List(list, verb);
                break;
            case MapValue map:
                Map(map, verb);
                break;
            case StructValue structure:
                Struct(structure, verb, isNested);
                break;
            default:
                BadVerb(value, verb);
                break;
        }
    }

    private bool ByMethod(GoValue value, string verb)
    {
        if (isComplaining)
        {
            return false;
        }

        if (fields.Flags.SharpV)
        {
            if (value.GoSyntax is { } syntax)
            {
                fields.Text(syntax);
                return true;
            }

            return false;
        }

        if (verb is "v" or "s" or "x" or "X" or "q" && value.Text is { } text)
        {
            Text(value, text, verb);
            return true;
        }

        return false;
    }

    private void Text(object value, string text, string verb)
    {
        switch (verb)
        {
            case "v" when fields.Flags.SharpV:
            case "q":
                fields.Quoted(text);
                break;
            case "v" or "s":
                fields.Text(text);
                break;
            case "x" or "X":
                fields.HexadecimalText(text, verb == "X");
                break;
            default:
                BadVerb(value, verb);
                break;
        }
    }

    private void Integer(object value, long number, bool isSigned, string verb)
    {
        switch (verb)
        {
            case "v" when fields.Flags.SharpV && !isSigned:
                var sharp = fields.Flags.Sharp;
                fields.Flags.Sharp = true;
                fields.Integer(number, isSigned, 16, 'v');
                fields.Flags.Sharp = sharp;
                break;
            case "v" or "d":
                fields.Integer(number, isSigned, 10, verb[0]);
                break;
            case "b":
                fields.Integer(number, isSigned, 2, 'b');
                break;
            case "o" or "O":
                fields.Integer(number, isSigned, 8, verb[0]);
                break;
            case "x" or "X":
                fields.Integer(number, isSigned, 16, verb[0]);
                break;
            case "c":
                fields.Character(number);
                break;
            case "q":
                fields.QuotedCharacter(number);
                break;
            case "U":
                fields.Unicode(number);
                break;
            default:
                BadVerb(value, verb);
                break;
        }
    }

    private void Float(double number, string verb)
    {
        switch (verb)
        {
            case "v":
                fields.Float(number, 'g', -1);
                break;
            case "b" or "g" or "G" or "x" or "X":
                fields.Float(number, verb[0], -1);
                break;
            case "f" or "e" or "E":
                fields.Float(number, verb[0], 6);
                break;
            case "F":
                fields.Float(number, 'f', 6);
                break;
            default:
                BadVerb(number, verb);
                break;
        }
    }

    private void List(ListValue list, string verb)
    {
        var isSource = fields.Flags.SharpV;
        output.Append(isSource ? list.Type.Name + "{" : "[");
        for (var i = 0; i < list.Count && HasRoom(); i++)
        {
            output.Append(i == 0 ? "" : Separator);
            Value(list.Items[i], verb, isNested: true);
        }

        output.Append(isSource ? '}' : ']');
    }

    private void Map(MapValue map, string verb)
    {
        var isSource = fields.Flags.SharpV;
        output.Append(isSource ? map.Type.Name + "{" : "map[");
        for (var i = 0; i < map.Keys.Count && HasRoom(); i++)
        {
            output.Append(i == 0 ? "" : Separator);
            Value(map.Keys[i], verb, isNested: true);
            output.Append(':');
            map.TryGet(map.Keys[i], out var value);
            Value(value, verb, isNested: true);
        }

        output.Append(isSource ? '}' : ']');
    }

    private void Struct(StructValue value, string verb, bool isNested)
    {
        output.Append(value.IsPointer && !isNested ? "&" : "");
        output.Append(fields.Flags.SharpV ? value.Type.Name : "").Append('{');
        for (var i = 0; i < value.Fields.Count && HasRoom(); i++)
        {
            output.Append(i == 0 ? "" : Separator);
            if (fields.Flags.PlusV || fields.Flags.SharpV)
            {
                output.Append(value.Fields[i]).Append(':');
            }

            value.TryField(value.Fields[i], out var field);
            Value(field, verb, isNested: true);
        }

        output.Append('}');
    }

    private string Separator => fields.Flags.SharpV ? ", " : " ";

    /// <summary>A verb that means nothing for the value: <c>%!d(string=hi)</c>.</summary>
    private void BadVerb(object? value, string verb)
    {
        var outer = isComplaining;
        isComplaining = true;
        output.Append("%!").Append(verb).Append('(');
        if (value is null)
        {
            output.Append("<nil>");
        }
        else
        {
            output.Append(TypeName(value)).Append('=');
            if (value is not TemplateFunction)
            {
                Value(value, "v");
            }
        }

        output.Append(')');
        isComplaining = outer;
    }

    public static string TypeName(object value) =>
        value is StructValue { IsPointer: true } structure ? "*" + structure.Type.Name : GoType.Of(value).Name;
}
