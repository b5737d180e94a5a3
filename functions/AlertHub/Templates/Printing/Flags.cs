namespace AlertHub.Templates.Printing;

/// <summary>What stands between <c>%</c> and the verb.</summary>
internal record struct Flags
{
    public int? Width { get; set; }

    public int? Precision { get; set; }

    /// <summary><c>-</c>: pads on the right.</summary>
    public bool Minus { get; set; }

    /// <summary><c>+</c></summary>
    public bool Plus { get; set; }

    /// <summary><c>#</c></summary>
    public bool Sharp { get; set; }

    /// <summary>A space.</summary>
    public bool Space { get; set; }

    /// <summary><c>0</c></summary>
    public bool Zero { get; set; }

    /// <summary><c>%+v</c>: fields with their names.</summary>
    public bool PlusV { get; set; }

    /// <summary><c>%#v</c>: as Go source.</summary>
    public bool SharpV { get; set; }
}
