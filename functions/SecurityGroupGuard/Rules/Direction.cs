namespace SecurityGroupGuard.Rules;

/// <summary>Which way traffic goes, seen from the interface that the group is for.</summary>
internal enum Direction
{
    Ingress,
    Egress,
}
