namespace FlowLogs.Records;

internal enum FlowFault
{
    None,
    TooFewFields,
    TooManyFields,
    NotANumber,
    TooLarge,
}

/// <summary>Why a line is no record of its format. <see cref="Field"/> counts from 0.</summary>
internal readonly record struct FlowProblem(FlowFault Fault, int Field)
{
    public bool IsNone => Fault == FlowFault.None;

    /// <summary>Allocates: for those few lines that are wrong.</summary>
    public string Tell(FlowFormat format) =>
        Fault switch
        {
            FlowFault.None => "",
            FlowFault.TooFewFields =>
                $"ends before \"{format.Fields[Field].Name}\", field {Field + 1} of {format.Fields.Length}",
            FlowFault.TooManyFields => $"has more than the {format.Fields.Length} fields of the format",
            FlowFault.NotANumber => $"\"{format.Fields[Field].Name}\", field {Field + 1}, is not a number",
            _ => $"\"{format.Fields[Field].Name}\", field {Field + 1}, is too large for {format.Fields[Field].Type}",
        };
}
