namespace AlertHub.Aws.Tables;

/// <summary>Attributes that all tables have.</summary>
public static class ItemAttributes
{
    /// <summary>Partition key, a string.</summary>
    public const string Key = "pk";

    /// <summary>Sort key, a string.</summary>
    public const string Sort = "sk";

    /// <summary>A string by which writers see whether somebody else was faster.</summary>
    public const string Revision = "rev";

    /// <summary>By which DynamoDB deletes what is over: seconds since 1970.</summary>
    public const string Expires = "expires";
}
