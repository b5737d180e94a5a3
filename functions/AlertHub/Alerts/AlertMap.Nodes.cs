namespace AlertHub.Alerts;

public sealed partial class AlertMap
{
    private abstract class Node(object owner)
    {
        public const int Bits = 5;
        public const int Width = 1 << Bits;
        public const int FirstShift = 64 - Bits;

        protected bool IsOf(object other) => ReferenceEquals(owner, other);

        public abstract IEnumerable<TrackedAlert> Alerts { get; }

        public abstract TrackedAlert? Find(ulong key);

        /// <summary>This node or the one that takes its place.</summary>
        public abstract Node Put(ulong key, TrackedAlert alert, int shift, object owner, ref bool isNew);

        /// <summary>The same; null where nothing is left.</summary>
        public abstract Node? Remove(ulong key, object owner, ref bool isGone);
    }

    private sealed class Branch(object owner, int shift, Node?[] children) : Node(owner)
    {
        public override IEnumerable<TrackedAlert> Alerts => children.SelectMany(static child => child?.Alerts ?? []);

        public override TrackedAlert? Find(ulong key)
        {
            var node = this;
            while (true)
            {
                switch (node.Child(key))
                {
                    case Branch branch:
                        node = branch;
                        break;
                    case { } leaf:
                        return leaf.Find(key);
                    default:
                        return null;
                }
            }
        }

        public override Node Put(ulong key, TrackedAlert alert, int shift, object owner, ref bool isNew)
        {
            var child = Child(key);
            var next = (child ?? new Leaf(owner)).Put(key, alert, shift - Bits, owner, ref isNew);
            return ReferenceEquals(next, child) ? this : With(key, next, owner);
        }

        public override Node? Remove(ulong key, object owner, ref bool isGone)
        {
            var child = Child(key);
            var next = child?.Remove(key, owner, ref isGone);
            if (ReferenceEquals(next, child))
            {
                return this;
            }

            var others = children.Count(each => each is not null && !ReferenceEquals(each, child));
            return others == 0 && next is null or Leaf ? next
                : others == 1
                && next is null
                && Array.Find(children, each => each is not null && !ReferenceEquals(each, child)) is Leaf only
                    ? only
                : With(key, next, owner);
        }

        private Node? Child(ulong key) => children[(int)(key >> shift) & (Width - 1)];

        private Branch With(ulong key, Node? child, object owner)
        {
            var own = IsOf(owner) ? this : new Branch(owner, shift, [.. children]);
            own.Set(key, child);
            return own;
        }

        private void Set(ulong key, Node? child) => children[(int)(key >> shift) & (Width - 1)] = child;
    }

    private sealed class Leaf : Node
    {
        private ulong[] keys;
        private TrackedAlert[] alerts;
        private int count;

        public Leaf(object owner)
            : this(owner, new ulong[1], new TrackedAlert[1], 0) { }

        private Leaf(object owner, ulong[] keys, TrackedAlert[] alerts, int count)
            : base(owner) => (this.keys, this.alerts, this.count) = (keys, alerts, count);

        public override IEnumerable<TrackedAlert> Alerts => alerts.Take(count);

        public override TrackedAlert? Find(ulong key) =>
            Array.BinarySearch(keys, 0, count, key) is >= 0 and var at ? alerts[at] : null;

        public override Node Put(ulong key, TrackedAlert alert, int shift, object owner, ref bool isNew)
        {
            var at = Array.BinarySearch(keys, 0, count, key);
            if (at >= 0)
            {
                return ReferenceEquals(alerts[at], alert) ? this : Replaced(at, alert, owner);
            }

            if (count == Width)
            {
                return Split(shift, owner).Put(key, alert, shift, owner, ref isNew);
            }

            isNew = true;
            return Inserted(~at, key, alert, owner);
        }

        public override Node? Remove(ulong key, object owner, ref bool isGone)
        {
            var at = Array.BinarySearch(keys, 0, count, key);
            if (at < 0)
            {
                return this;
            }

            isGone = true;
            if (count == 1)
            {
                return null;
            }

            var own = Own(count, owner);
            keys.AsSpan(at + 1, count - at - 1).CopyTo(own.keys.AsSpan(at));
            alerts.AsSpan(at + 1, count - at - 1).CopyTo(own.alerts.AsSpan(at));
            own.count = count - 1;
            Array.Clear(own.alerts, own.count, 1);
            return own;
        }

        private Leaf Replaced(int at, TrackedAlert alert, object owner)
        {
            var own = Own(count, owner);
            own.alerts[at] = alert;
            return own;
        }

        private Leaf Inserted(int at, ulong key, TrackedAlert alert, object owner)
        {
            var own = Own(count + 1, owner);
            keys.AsSpan(at, count - at).CopyTo(own.keys.AsSpan(at + 1));
            alerts.AsSpan(at, count - at).CopyTo(own.alerts.AsSpan(at + 1));
            (own.keys[at], own.alerts[at]) = (key, alert);
            own.count = count + 1;
            return own;
        }

        /// <summary>Itself, or a copy that may be changed, with room for so many.</summary>
        private Leaf Own(int room, object owner)
        {
            if (IsOf(owner) && room <= keys.Length)
            {
                return this;
            }

            var length = IsOf(owner) ? Math.Min(Width, keys.Length * 2) : room;
            var own = new Leaf(owner, new ulong[length], new TrackedAlert[length], count);
            keys.AsSpan(0, count).CopyTo(own.keys);
            alerts.AsSpan(0, count).CopyTo(own.alerts);
            return own;
        }

        private Branch Split(int shift, object owner)
        {
            var children = new Node?[Width];
            for (int start = 0, end; start < count; start = end)
            {
                var place = (int)(keys[start] >> shift) & (Width - 1);
                for (end = start + 1; end < count && ((int)(keys[end] >> shift) & (Width - 1)) == place; end++) { }

                children[place] = new Leaf(owner, keys[start..end], alerts[start..end], end - start);
            }

            return new(owner, shift, children);
        }
    }
}
