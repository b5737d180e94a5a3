namespace AlertHub.Templates.Times;

/// <summary>What a part of a layout stands for, named by how it is written there.</summary>
internal enum LayoutPart
{
    Literal,
    January,
    Jan,
    Month1,
    Month01,
    Monday,
    Mon,
    Day2,
    DaySpace2,
    Day02,
    YearDaySpace2,
    YearDay002,
    Hour15,
    Hour3,
    Hour03,
    Minute4,
    Minute04,
    Second5,
    Second05,
    Year2006,
    Year06,
    UpperPm,
    LowerPm,
    ZoneName,

    /// <summary>An offset: hours, perhaps minutes and seconds, with or without colons, perhaps Z for none.</summary>
    Offset,

    /// <summary>All of the fraction's digits.</summary>
    FractionZeros,

    /// <summary>The fraction's digits without zeros at its end.</summary>
    FractionNines,
}
