@component('mail::message')
# 20% off everything

Shop now, this week only.
@endcomponent
