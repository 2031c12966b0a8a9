# Reads calendar and inputs, prints the seconds it took and one due moment a line.
use strict;
use warnings;
use Business::Hours;
use JSON::PP;
use Time::HiRes qw(time);

open my $file, '<', $ARGV[0] or die "$ARGV[0]: $!";
local $/;
my $told = decode_json(<$file>);
my $hours = Business::Hours->new();
my %week = map { $_ => { Name => $_, Start => '9:00', End => '17:00' } } 1 .. 5;
$hours->business_hours(0 => { Name => 'Sunday' }, %week, 6 => { Name => 'Saturday' });
$hours->holidays(@{ $told->{holidays} });
my $begun = time;
my @due = map { $hours->add_seconds($_->[0], $_->[1] * 60) } @{ $told->{inputs} };
print join("\n", time - $begun, @due), "\n";
